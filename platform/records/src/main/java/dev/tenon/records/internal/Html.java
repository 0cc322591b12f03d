package dev.tenon.records.internal;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The HTML of rich text: what people format text with, and nothing that runs, loads or hides. Everything else is taken
 * out, the text of unknown elements stays.
 */
final class Html {

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "b",
                    "strong",
                    "i",
                    "em",
                    "u",
                    "s",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "hr",
                    "a")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("https", "http", "mailto", "tel")
            .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
            // Editors of browsers begin lines and strike text through with these.
            .allowElements((name, attributes) -> "p", "div")
            .allowElements((name, attributes) -> "s", "strike", "del")
            .toFactory();

    private Html() {}

    static String clean(String html) {
        String clean = POLICY.sanitize(html).strip();
        return dev.tenon.expression.Operations.plainText(clean).isEmpty() && !clean.contains("<hr") ? "" : clean;
    }
}
