/// The frame around the dashboard's content.
enum DashboardStyle {
    static func page(_ content: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="3"><title>dmcheck</title><style>\(sheet)</style></head>
        <body>\(content)</body></html>

        """
    }

    private static let sheet = """
        :root{color-scheme:light dark;--ink:#16202b;--dim:#5d6b7a;--page:#f5f6f8;--card:#fff;--line:#e2e6eb;--go:#12805c;\
        --wait:#b3c0cc;--ready:#7fa7cf;--busy:#b97400;--stop:#b3261e}
        @media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--dim:#93a1b0;--page:#11161c;--card:#1a2129;--line:#2b343e;\
        --go:#4cc38a;--wait:#46525f;--ready:#4a78a8;--busy:#f0b14a;--stop:#ff8a80}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:64rem;padding:1.5rem 1.25rem 3rem;background:var(--page);\
        color:var(--ink);font:15px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums}
        header{display:flex;align-items:center;gap:.6rem;flex-wrap:wrap;margin-bottom:1.25rem}
        h1{font-size:1.5rem;margin:0 .25rem 0 0;letter-spacing:-.02em}
        h2{font-size:.8rem;text-transform:uppercase;letter-spacing:.08em;color:var(--dim);margin:1.75rem 0 .6rem}
        time{margin-left:auto;color:var(--dim)}
        .pill{border:1px solid currentColor;border-radius:99px;padding:.05rem .65rem;font-size:.85rem;white-space:nowrap}
        .pill.good{color:var(--go)}.pill.busy{color:var(--busy)}.pill.bad{color:var(--stop)}
        i.done,i.good{background:var(--go)}i.failed,i.bad{background:var(--stop)}i.leased,i.busy{background:var(--busy)}
        i.bucketed{background:var(--ready)}i.pending{background:var(--wait)}
        .share{margin:0 0 .5rem;color:var(--dim)}.share b{color:var(--ink);font-size:1.5rem;font-weight:600}
        .bar{display:flex;height:.9rem;border-radius:99px;background:var(--line);overflow:hidden}.bar i{height:100%}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.6rem 0 0;padding:0;list-style:none;\
        color:var(--dim);font-size:.9rem}
        .legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:.2rem;margin-right:.4rem}
        .legend b{color:var(--ink);font-weight:600}.none{color:var(--dim);margin:0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin-top:1.5rem}
        .tiles div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem 1rem}
        .tiles b{display:block;font-size:1.4rem;font-weight:600;white-space:nowrap}
        .tiles span{color:var(--dim);font-size:.85rem}
        .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 1.25rem}
        .wide{overflow-x:auto}
        table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);\
        border-radius:.6rem}
        th,td{text-align:left;padding:.4rem .8rem;border-bottom:1px solid var(--line);white-space:nowrap}
        th{font-weight:500;color:var(--dim)}tr:last-child td{border-bottom:0}
        .number{text-align:right}.line{width:40%}.line i{display:block;height:.5rem;min-width:2px;border-radius:99px}
        .cells{display:grid;grid-template-columns:repeat(auto-fill,minmax(4.5rem,1fr));gap:.4rem}
        .cells div{background:var(--card);border:1px solid var(--line);border-left:.25rem solid var(--go);\
        border-radius:.4rem;padding:.2rem .5rem;font-size:.85rem;display:flex;justify-content:space-between;gap:.4rem}
        .cells .busy{border-left-color:var(--busy)}.cells .bad{border-left-color:var(--stop);color:var(--stop)}
        .cells b{font-weight:600}.cells span{color:var(--dim);overflow:hidden;text-overflow:ellipsis}
        """
}
