"""Says in the browser's language what Gradio says in English alone."""

import json

from gui.web.words import ENGLISH, LANGUAGES

SCRIPT = f"""() => {{
    const english = {json.dumps(ENGLISH["use_camera"])};
    const said = {json.dumps({code: words["use_camera"] for code, words in LANGUAGES.items()})};
    const text = said[navigator.language.split("-")[0]];
    const translate = () => {{
        const shown = document.querySelector("#camera button .wrap")?.lastChild;
        if (text && shown?.data?.trim() === english) shown.data = text;
    }};
    new MutationObserver(translate).observe(document.body, {{subtree: true, childList: true}});
}}"""
"""A function, as Gradio calls it when the page was loaded."""
