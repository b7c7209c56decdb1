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
        --stop:#b3261e}
        @media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--dim:#93a1b0;--page:#11161c;--card:#1a2129;--line:#2b343e;\
        --go:#4cc38a;--stop:#ff8a80}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:64rem;padding:2rem 1.25rem;background:var(--page);\
        color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        header{display:flex;align-items:center;gap:.75rem;flex-wrap:wrap;margin-bottom:1.5rem}
        h1{font-size:1.5rem;margin:0;letter-spacing:-.02em}
        h2{font-size:.8rem;text-transform:uppercase;letter-spacing:.08em;color:var(--dim);margin:2rem 0 .6rem}
        time{margin-left:auto;color:var(--dim);font-variant-numeric:tabular-nums}
        .pill{border:1px solid var(--line);border-radius:99px;padding:.1rem .7rem;font-size:.85rem}
        .good{color:var(--go)}.bad{color:var(--stop)}
        .bar{height:.6rem;border-radius:99px;background:var(--line);overflow:hidden}
        .bar i{display:block;height:100%;background:var(--go)}
        .progress p,.none{color:var(--dim);margin:.5rem 0 1.25rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));gap:.75rem}
        .tiles div{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem 1rem}
        .tiles b{display:block;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
        .tiles span{color:var(--dim);font-size:.85rem}
        table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);\
        border-radius:.6rem;overflow:hidden;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:.5rem .9rem;border-bottom:1px solid var(--line)}
        th{font-weight:500;color:var(--dim)}tr:last-child td{border-bottom:0}
        """
}
