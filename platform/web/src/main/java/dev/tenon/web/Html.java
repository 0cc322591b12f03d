package dev.tenon.web;

/** The few pages that the server itself shows: one look, no scripts, everything that comes from outside escaped. */
public final class Html {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1f2329;--soft:#646a73;--line:#d0d3d6;--paper:#fff;--back:#f5f6f7;--key:#1456f0;--bad:#c2291f}
            @media(prefers-color-scheme:dark){:root{--ink:#ebebeb;--soft:#a6a6a6;--line:#4c4d4f;--paper:#1f1f1f;--back:#141414;--key:#4c88ff;--bad:#f76964}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--ink);
              font:16px/1.5 -apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
            main{width:min(26rem,100% - 2rem);margin:2rem 0;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}
            h1{margin:0 0 1.25rem;font-size:1.375rem} h2{margin:1.25rem 0 .25rem;font-size:1rem}
            p{margin:.25rem 0 .75rem} .soft{color:var(--soft);font-size:.875rem}
            label{display:block;margin:0 0 .25rem;font-weight:500}
            input{width:100%;margin:0 0 1rem;padding:.5rem .75rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px}
            input:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--key);outline-offset:2px}
            button{width:100%;padding:.6rem;font:inherit;font-weight:500;color:#fff;background:#1456f0;border:0;border-radius:6px;cursor:pointer}
            a{color:var(--key)} table{width:100%;border-collapse:collapse;font-size:.875rem} td,th{padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top}
            .bad{padding:.5rem .75rem;border:1px solid var(--bad);border-radius:6px;color:var(--bad)}
            .accounts{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .75rem} .accounts form{margin:0}
            .accounts button{width:auto;padding:.2rem .6rem;font-size:.875rem;color:var(--key);background:transparent;border:1px solid var(--line)}
            .accounts button:hover{border-color:var(--key)}
            header{display:flex;justify-content:space-between;align-items:baseline}
            """;

    /** In the page itself, so that it is there wherever the page is. */
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
                    + "%3Crect width='32' height='32' rx='7' fill='%231f4fd8'/%3E%3Cpath d='M6 8h20v6h-6v10h-8V14H6z' fill='%23fff'/%3E%3C/svg%3E";

    private Html() {}

    /** A whole page; {@code title} is escaped, {@code body} is markup. */
    public static String page(String language, String title, String body) {
        return "<!doctype html><html lang=\"" + text(language)
                + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<link rel=\"icon\" href=\"" + ICON + "\"><title>" + text(title) + " · Tenon</title><style>" + STYLE
                + "</style></head><body><main><h1>" + text(title)
                + "</h1>" + body + "</main></body></html>";
    }

    /** Text that is safe between tags and inside quoted attributes. */
    public static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
