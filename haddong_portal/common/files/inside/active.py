"""Active content of a PDF: whatever acts by itself, reaches out, or carries another file, taken out object by object.

pikepdf reads names with their hex codes undone (`/J#61vaScript`) and objects out of object streams, so each is met here
in one spelling. An action is kept only if it moves inside the document or names a web or mail address.
"""

from __future__ import annotations

import pikepdf

KEPT_NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
KEPT_SCHEMES = ("http:", "https:", "mailto:", "tel:")
ACTION_KEYS = ("/A", "/PA", "/Next", "/OpenAction")
HARMFUL = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"),
    *("/RichMediaExecute", "/GoTo3DView", "/SetOCGState", "/Trans", "/Hide", "/ResetForm", "/Thread", "/GoToDp"),
}
REMOVED_KEYS = {
    "/AA": "automatic_action",
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/XFA": "xfa",
    "/EmbeddedFiles": "embedded_file",
    "/EF": "embedded_file",
    "/RF": "embedded_file",
    "/AF": "embedded_file",
    "/Collection": "embedded_file",
    "/Renditions": "rich_media",
    "/AlternatePresentations": "rich_media",
    "/RichMediaContent": "rich_media",
    "/RichMediaSettings": "rich_media",
    "/Requirements": "javascript",
    "/OPI": "outside_file",
}
REMOVED_ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"}


def clean_object(thing: pikepdf.Object) -> set[str]:
    """Take active content out of one dictionary or array in place; says what it was."""
    if isinstance(thing, pikepdf.Array):
        return _clean_annotations(thing)
    found = _clean_action(thing)
    for key in ACTION_KEYS:
        found |= _clean_action_under(thing, key)
    for key, kind in REMOVED_KEYS.items():
        if key in thing and not (_may_hold_resources(thing) and _is_resource(thing[key])):
            del thing[key]
            found.add(kind)
    if isinstance(thing, pikepdf.Stream):
        found |= _clean_stream(thing)
    return found


def _clean_action(thing: pikepdf.Object) -> set[str]:
    """A harmful action is emptied wherever it lies, whether or not somebody points at it."""
    kind = str(thing.get("/S", "")) if not isinstance(thing, pikepdf.Stream) else ""
    if kind not in HARMFUL and not (kind == "/URI" and not _is_plain_address(thing)):
        return set()
    for key in list(thing.keys()):
        del thing[key]
    return {"javascript" if kind == "/JavaScript" else kind.strip("/").lower()}


def _clean_action_under(thing: pikepdf.Object, key: str) -> set[str]:
    action = thing.get(key)
    if action is None:
        return set()
    if key == "/OpenAction" and not isinstance(action, pikepdf.Dictionary):
        return set()  # a place in this document
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action or _is_kept(action):
        return set()
    kind = str(action["/S"]).strip("/").lower()
    del thing[key]
    return {kind}


def _is_kept(action: pikepdf.Object) -> bool:
    kind = str(action.get("/S", ""))
    if kind == "/Named":
        return str(action.get("/N", "")) in KEPT_NAMED
    return kind == "/GoTo" or (kind == "/URI" and _is_plain_address(action))


def _is_plain_address(action: pikepdf.Object) -> bool:
    address = "".join(str(action.get("/URI", "")).split()).lower()
    head = address.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return not address.startswith("\\") and (":" not in head or head.startswith(KEPT_SCHEMES))


def _may_hold_resources(thing: pikepdf.Object) -> bool:
    """Names in a dictionary of resources are free; a page, field or catalog gives them their meaning."""
    return "/Type" not in thing and "/FT" not in thing and "/Subtype" not in thing


def _is_resource(value: pikepdf.Object) -> bool:
    """A font or picture that happens to be called like an action in somebody's resources."""
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return value.get("/Type") in ("/Font", "/XObject") or value.get("/Subtype") in ("/Image", "/Form")


def _clean_annotations(things: pikepdf.Array) -> set[str]:
    bad = [
        at
        for at, one in enumerate(things)
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype", "")) in REMOVED_ANNOTATIONS
    ]
    for at in reversed(bad):
        del things[at]
    return {"rich_media"} if bad else set()


def _clean_stream(stream: pikepdf.Stream) -> set[str]:
    found = set()
    if "/F" in stream:  # its content lies in a file or address outside
        del stream["/F"]
        found.add("outside_file")
    if stream.get("/Subtype") == "/PS":
        stream.write(b"")
        found.add("postscript")
    return found
