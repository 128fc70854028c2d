"""Says in the browser's language what Gradio says in English alone."""

import json

from gui.web.words import ENGLISH, LANGUAGES

_OWN_WORDS = ("use_camera", "error", "too_large")
_PLACES = "#camera button .wrap, .toast-title, [data-testid=toast-text], [data-testid=toast-text] *"

SCRIPT = f"""() => {{
    const said = {
    json.dumps(
        {
            code: {ENGLISH[name]: words[name] for name in _OWN_WORDS}
            for code, words in LANGUAGES.items()
        }
    )
}[navigator.language.split("-")[0]] ?? {{}};
    const translate = () => {{
        for (const place of document.querySelectorAll("{_PLACES}"))
            for (const text of place.childNodes)
                for (const [english, words] of Object.entries(said))
                    if (english !== words && text.data?.trim().startsWith(english))
                        text.data = text.data.replace(english, words);
    }};
    new MutationObserver(translate).observe(document.body, {{subtree: true, childList: true}});
}}"""
"""A function, as Gradio calls it when the page was loaded."""
