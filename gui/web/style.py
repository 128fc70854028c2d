"""How the page looks beyond Gradio's own theme."""

HUE = "teal"

STYLE = """
.gradio-container { width: 100%; max-width: 1080px !important; margin: auto; }
.answer img { max-width: 100%; max-height: 75vh; height: auto; width: auto; border-radius: 6px; }
.answer figure { margin: 1rem 0; }
.answer a { margin-inline-end: 1rem; text-decoration: underline; }
.html-container table, .html-container table * { border: 0; }
.html-container table { border-collapse: collapse; margin: .5rem 0; }
.html-container th, .html-container td
    { padding: .3rem 1.25rem .3rem 0; text-align: start; vertical-align: middle; }
.html-container th { font-weight: 600; opacity: .7; }
.html-container tr { border-bottom: 1px solid var(--border-color-primary); }
.model { margin-block-end: 2.5rem; }
.model h3 { font-size: 1.25rem; }
.model .figures { display: flex; flex-wrap: wrap; gap: 1rem 3rem; align-items: flex-start; }
.model .bar
    { display: inline-block; height: .5rem; margin-inline-end: .5rem; border-radius: .25rem;
      background: var(--color-accent); }
.charts { display: flex; flex: 1; flex-wrap: wrap; gap: 1rem; min-width: 300px; }
.charts svg { width: 300px; max-width: 100%; }
.charts polyline { stroke: var(--color-accent); }
"""
