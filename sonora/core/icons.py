"""The icons: 20 x 20 grid, drawn in the area 3 to 17, 1.5 px strokes in the colour of the text."""

ICONS: dict[str, str] = {
    "chat": (
        '<path d="M3.5 5.5a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-4 3v-3a1.5 1.5 0 0 '
        '1-1.5-1.5z"/>'
        '<path d="M7 7.25h6M7 9.75h3.5"/>'
    ),
    "canvas": (
        '<rect x="3" y="3.5" width="6" height="7.5" rx="1.5"/>'
        '<rect x="11.5" y="3.5" width="5.5" height="4" rx="1.5"/>'
        '<rect x="11.5" y="10" width="5.5" height="6.5" rx="1.5"/>'
        '<rect x="3" y="13.5" width="6" height="3" rx="1.25"/>'
    ),
    "customers": (
        '<path d="M4 16.5V5a1.5 1.5 0 0 1 1.5-1.5h5A1.5 1.5 0 0 1 12 5v11.5M12 8.5h2.5A1.5 1.5 0 0 1 16 '
        '10v6.5M2.5 16.5h15M7 7h2M7 10h2M7 13h2"/>'
    ),
    "people": (
        '<circle cx="7.5" cy="7" r="2.75"/>'
        '<path d="M2.5 16c.4-2.7 2.4-4.25 5-4.25s4.6 1.55 5 4.25M13 4.5a2.6 2.6 0 0 1 0 5M14.75 12c1.5.6 '
        '2.5 1.9 2.75 4"/>'
    ),
    "conversations": (
        '<path d="M3 13l2-7.5A1.5 1.5 0 0 1 6.45 4.5h7.1A1.5 1.5 0 0 1 15 5.5L17 13v2a1.5 1.5 0 0 1-1.5 '
        '1.5h-11A1.5 1.5 0 0 1 3 15zM3 12.5h4l1 2h4l1-2h4"/>'
    ),
    "feature-requests": (
        '<path d="M10 13.5V4M6.25 7.5 10 3.75l3.75 3.75M3.5 12.5V15A1.5 1.5 0 0 0 5 16.5h10a1.5 1.5 0 0 '
        '0 1.5-1.5v-2.5"/>'
    ),
    "settings": (
        '<path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/>'
    ),
    "search": ('<circle cx="9" cy="9" r="5.25"/><path d="m13 13 4 4"/>'),
    "help": ('<circle cx="10" cy="10" r="7"/><path d="M8 8a2 2 0 1 1 2.8 1.85c-.6.25-.8.65-.8 1.4M10 13.75v.01"/>'),
    "theme": ('<circle cx="10" cy="10" r="6.5"/><path class="f" d="M10 3.5a6.5 6.5 0 0 1 0 13z"/>'),
    "plus": '<path d="M10 4.5v11M4.5 10h11"/>',
    "x": '<path d="m5.5 5.5 9 9M14.5 5.5l-9 9"/>',
    "check": '<path d="m4.5 10.5 3.75 3.75 7.25-8"/>',
    "chevron-down": '<path d="m6 8 4 4 4-4"/>',
    "chevron-right": '<path d="m8 6 4 4-4 4"/>',
    "external": '<path d="M8 5H5v10h10v-3M11 4.5h4.5V9M15.25 4.75 9.5 10.5"/>',
    "dots": (
        '<path class="f" d="M4 10a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0zm4.5 0a1.5 1.5 0 1 0 3 0 1.5 1.5 0 '
        '0 0-3 0zM13 10a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0z"/>'
    ),
    "filter": '<path d="M3.5 5.5h13M6 10h8M8.5 14.5h3"/>',
    "tag": ('<path d="M3.5 4.5v5L11 17l6-6-7.5-7.5h-5a1 1 0 0 0-1 1z"/><circle cx="7" cy="7" r=".75"/>'),
    "lock": ('<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>'),
    "clock": ('<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.75 1.75"/>'),
    "warning": '<path d="M10 3.5 17.5 16h-15zM10 8.5v3.5M10 14v.01"/>',
    "attention": ('<circle cx="10" cy="10" r="7"/><path d="M10 6.5v4.25M10 13.5v.01"/>'),
    "info": ('<circle cx="10" cy="10" r="7"/><path d="M10 9.25v4.25M10 6.5v.01"/>'),
    "sync": (
        '<path d="M16 8.5A6.25 6.25 0 0 0 4.8 6.25M4 11.5a6.25 6.25 0 0 0 11.2 2.25M4.5 3v3.5H8M15.5 17v-3.5H12"/>'
    ),
    "bell": '<path d="M4.5 14h11l-1.5-2.25V9a4 4 0 0 0-8 0v2.75zM8.5 16.5h3"/>',
    "pause": '<path d="M7 5v10M13 5v10"/>',
    "dot": '<circle class="f" cx="10" cy="10" r="4"/>',
    "eye": ('<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.25"/>'),
    "copy": (
        '<rect x="7" y="7" width="9.5" height="9.5" rx="1.5"/>'
        '<path d="M13 4.5a1 1 0 0 0-1-1H4.5a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1"/>'
    ),
    "up": '<path d="M10 15.5v-11M5.5 9 10 4.5 14.5 9"/>',
    "down": '<path d="M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5"/>',
    "thumb-up": (
        '<path d="M7 9.5 9.5 3.5a2 2 0 0 1 2 2V8h3.7a1.3 1.3 0 0 1 1.3 1.6l-1.2 5.2a1.5 1.5 0 0 1-1.5 '
        '1.2H7zM7 9.5H4v6.5h3"/>'
    ),
    "link": (
        '<path d="M8.5 11.5a3 3 0 0 0 4.25 0l2.75-2.75a3 3 0 0 0-4.25-4.25L10 5.75M11.5 8.5a3 3 0 0 '
        '0-4.25 0L4.5 11.25a3 3 0 0 0 4.25 4.25L10 14.25"/>'
    ),
    "star": '<path d="m10 3.5 2 4.25 4.6.6-3.4 3.2.9 4.6L10 13.9l-4.1 2.25.9-4.6-3.4-3.2 4.6-.6z"/>',
    "arrow-down": '<path d="M10 4v12M5.5 11.75 10 16.25l4.5-4.5"/>',
    "download": '<path d="M10 3.5v9M6.25 9 10 12.75 13.75 9M4 16.5h12"/>',
    "list": '<path d="M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01"/>',
    "graph": (
        '<circle cx="10" cy="10" r="2.25"/>'
        '<circle cx="4.5" cy="5" r="1.5"/>'
        '<circle cx="16" cy="6" r="1.5"/>'
        '<circle cx="14" cy="16" r="1.5"/>'
        '<path d="m5.7 6 2.5 2.3M14.7 6.75l-2.8 2M11.25 12l1.9 2.7"/>'
    ),
    "text": '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h8"/>',
    "spark": ('<path d="M10 3.5v3M10 13.5v3M3.5 10h3M13.5 10h3"/><circle cx="10" cy="10" r="2"/>'),
    "s-pos": ('<circle cx="10" cy="10" r="7"/><path d="M6.5 9.75c.7 3.3 6.3 3.3 7 0"/>'),
    "s-neg": ('<circle cx="10" cy="10" r="7"/><path d="M6.5 12c.7-3.3 6.3-3.3 7 0"/>'),
    "s-neu": ('<circle cx="10" cy="10" r="7"/><path d="M6.75 10.5h6.5"/>'),
    "s-mix": ('<circle cx="10" cy="10" r="7"/><path d="M6 10.5c1.3-3 2.7-3 4 0s2.7 3 4 0"/>'),
    "s-uns": (
        '<circle cx="10" cy="10" r="7" stroke-dasharray="2.5 2.4"/><path d="M7.5 10.5h.01M10 10.5h.01M12.5 10.5h.01"/>'
    ),
    "zoomin": ('<circle cx="9" cy="9" r="5.25"/><path d="m13 13 4 4M9 6.75v4.5M6.75 9h4.5"/>'),
    "play": '<path d="M7 4.75v10.5L15.5 10z"/>',
    "minus": '<path d="M5 10h10"/>',
    "arrow-right": '<path d="M4 10h12M11.5 5.5 16 10l-4.5 4.5"/>',
    "upload": '<path d="M10 12.5v-9M6.25 7.25 10 3.5l3.75 3.75M4 16.5h12"/>',
    "sign-out": (
        '<path d="M8.5 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3.5M8 10h8.5M13 6.5l3.5 3.5-3.5 3.5"/>'
    ),
}
