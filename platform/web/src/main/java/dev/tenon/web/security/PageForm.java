package dev.tenon.web.security;

import dev.tenon.web.Html;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;

/** The parts of the pages around signing in: they need no script, are kept nowhere, and escape what comes from outside. */
final class PageForm {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private PageForm() {}

    static Locale language(HttpServletRequest request, @Nullable String lang) {
        return lang == null
                ? RequestLocale.of(request)
                : RequestLocale.offered(Locale.forLanguageTag(lang)).orElse(Locale.ENGLISH);
    }

    static boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    static ResponseEntity<String> page(int status, Locale locale, String title, String body) {
        String tag = locale.toLanguageTag();
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Language", tag)
                .header("Referrer-Policy", "no-referrer")
                .body(Html.page(tag, title, body));
    }

    static void error(StringBuilder body, @Nullable String text) {
        if (text != null) {
            body.append("<p class=\"bad\" role=\"alert\" id=\"error\">")
                    .append(Html.text(text))
                    .append("</p>");
        }
    }

    static void begin(StringBuilder body, String id, String action, CsrfToken csrf) {
        body.append("<form id=\"")
                .append(id)
                .append("\" method=\"post\" action=\"")
                .append(Html.text(action))
                .append("\">");
        hidden(body, csrf.getParameterName(), csrf.getToken());
    }

    static void end(StringBuilder body, String button) {
        body.append("<button type=\"submit\">").append(Html.text(button)).append("</button></form>");
    }

    static void field(
            StringBuilder body,
            String name,
            String label,
            String autocomplete,
            String value,
            String type,
            boolean focus) {
        body.append("<label for=\"")
                .append(name)
                .append("\">")
                .append(label)
                .append("</label><input id=\"")
                .append(name)
                .append("\" name=\"")
                .append(name)
                .append("\" type=\"")
                .append(type)
                .append("\" autocomplete=\"")
                .append(autocomplete)
                .append("\" autocapitalize=\"none\" spellcheck=\"false\" required maxlength=\"200\" value=\"")
                .append(Html.text(value))
                .append(focus ? "\" autofocus>" : "\">");
    }

    static void hidden(StringBuilder body, String name, String value) {
        body.append("<input type=\"hidden\" name=\"")
                .append(Html.text(name))
                .append("\" value=\"")
                .append(Html.text(value))
                .append("\">");
    }
}
