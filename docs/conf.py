"""The documentation site: `make site` builds it strictly, and nothing of it is fetched."""

from __future__ import annotations

from contralint.version import __version__

project = "contralint"
author = "the authors of contralint"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["**/__pycache__"]
language = "en"
nitpicky = True
nitpick_ignore_regex = [("py:.*", r"(collections|datetime|pathlib|typing)\..*")]  # no network, no pages of theirs

myst_heading_anchors = 3
myst_links_external_new_tab = False
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # examples of rows abbreviate, and one breaks off
pygments_style = "default"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_class_signature = "separated"
default_role = "code"

html_theme = "pydata_sphinx_theme"
html_title = "contralint"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_persistent": ["search-button"],
    "navigation_with_keys": False,
    "show_version_warning_banner": False,
    "show_toc_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "article_header_start": ["breadcrumbs"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "back_to_top_button": False,
}
html_sidebars = {page: [] for page in ("index", "start", "how-it-works", "faq")}  # nothing stands below them
copyright = "the authors of contralint, Apache-2.0"  # noqa: A001 - the name that Sphinx reads
