package dev.tenon.web.security;

import dev.tenon.web.Html;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out with a browser. The page needs no script and reads in both languages. */
@RestController
class LoginPage {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final TenantAuthenticationProvider provider;
    private final StoredSessions sessions;
    private final RequestCache cache;
    private final ObjectProvider<DemoLogins> demo;

    LoginPage(
            TenantAuthenticationProvider provider,
            StoredSessions sessions,
            RequestCache cache,
            ObjectProvider<DemoLogins> demo) {
        this.provider = provider;
        this.sessions = sessions;
        this.cache = cache;
        this.demo = demo;
    }

    @GetMapping("/login")
    ResponseEntity<String> show(
            HttpServletRequest request, CsrfToken csrf, @RequestParam(required = false) @Nullable String lang) {
        return page(200, language(request, lang), csrf, "", "", Optional.empty());
    }

    @PostMapping("/login")
    @Nullable
    ResponseEntity<String> signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf,
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(required = false) @Nullable String lang)
            throws IOException {
        Authentication person;
        try {
            person = provider.authenticate(new LoginAttempt(tenant, username, password));
        } catch (AuthenticationException refused) {
            Texts texts = Texts.of(language(request, lang));
            return page(401, language(request, lang), csrf, tenant, username, Optional.of(texts.refused()));
        }
        sessions.saveContext(new SecurityContextImpl(person), request, response);
        SavedRequest wanted = cache.getRequest(request, response);
        cache.removeRequest(request, response);
        response.sendRedirect(wanted == null ? request.getContextPath() + "/" : local(wanted.getRedirectUrl()));
        return null;
    }

    /** Only our own cookie carries the session, and it is not sent along with other sites' forms. */
    @PostMapping("/logout")
    @Nullable
    ResponseEntity<Void> signOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sessions.end(request, response);
        String accept = request.getHeader("Accept");
        if (accept != null && accept.contains("text/html")) {
            response.sendRedirect(request.getContextPath() + "/");
            return null;
        }
        return ResponseEntity.noContent().build();
    }

    /** Whatever stands in the cookie of the saved request, the way goes on at this server. */
    private static String local(String saved) {
        URI uri = URI.create(saved);
        String path = uri.getRawPath() == null
                        || !uri.getRawPath().startsWith("/")
                        || uri.getRawPath().startsWith("//")
                ? "/"
                : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static Locale language(HttpServletRequest request, @Nullable String lang) {
        return lang == null
                ? RequestLocale.of(request)
                : RequestLocale.offered(Locale.forLanguageTag(lang)).orElse(Locale.ENGLISH);
    }

    private ResponseEntity<String> page(
            int status, Locale locale, CsrfToken csrf, String tenant, String username, Optional<String> error) {
        Texts texts = Texts.of(locale);
        String tag = locale.toLanguageTag();
        StringBuilder body = new StringBuilder(2_000);
        body.append("<p class=\"soft\"><a href=\"?lang=")
                .append(texts.otherTag())
                .append("\" hreflang=\"")
                .append(texts.otherTag())
                .append("\" lang=\"")
                .append(texts.otherTag())
                .append("\">")
                .append(texts.otherLanguage())
                .append("</a></p>");
        error.ifPresent(text -> body.append("<p class=\"bad\" role=\"alert\" id=\"error\">")
                .append(Html.text(text))
                .append("</p>"));
        body.append("<form id=\"sign-in\" method=\"post\" action=\"?lang=")
                .append(tag)
                .append("\">");
        field(body, "tenant", texts.tenant(), "organization", tenant, "text", tenant.isEmpty());
        field(body, "username", texts.login(), "username", username, "text", false);
        field(body, "password", texts.password(), "current-password", "", "password", !tenant.isEmpty());
        hidden(body, csrf.getParameterName(), csrf.getToken());
        body.append("<button type=\"submit\">").append(texts.signIn()).append("</button></form>");
        demo.ifAvailable(logins -> demo(body, texts, tag, csrf, logins));
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Language", tag)
                .body(Html.page(tag, texts.title(), body.toString()));
    }

    private static void field(
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

    /** One small form for each account: a click signs in, and the page still needs no script. */
    private static void demo(StringBuilder body, Texts texts, String tag, CsrfToken csrf, DemoLogins demo) {
        body.append("<h2>").append(texts.demo()).append("</h2>");
        String tenant = "";
        for (DemoLogins.DemoLogin login : demo.logins()) {
            if (!login.tenant().equals(tenant)) {
                body.append(tenant.isEmpty() ? "" : "</div>").append("<p class=\"soft\">");
                body.append(texts.tenant()).append(" <b>").append(Html.text(login.tenant()));
                body.append("</b></p><div class=\"accounts\">");
                tenant = login.tenant();
            }
            body.append("<form method=\"post\" action=\"?lang=").append(tag).append("\">");
            hidden(body, "tenant", login.tenant());
            hidden(body, "username", login.login());
            hidden(body, "password", login.password());
            hidden(body, csrf.getParameterName(), csrf.getToken());
            body.append("<button title=\"").append(Html.text(login.who(tag.startsWith("zh"))));
            body.append("\">").append(Html.text(login.login())).append("</button></form>");
        }
        body.append(tenant.isEmpty() ? "" : "</div>").append("<p class=\"soft\">");
        demo.logins().stream()
                .limit(1)
                .forEach(login -> body.append(texts.password())
                        .append(" <code>")
                        .append(Html.text(login.password()))
                        .append("</code>"));
        body.append("</p>");
    }

    private static void hidden(StringBuilder body, String name, String value) {
        body.append("<input type=\"hidden\" name=\"")
                .append(Html.text(name))
                .append("\" value=\"")
                .append(Html.text(value))
                .append("\">");
    }

    /** What the page says. */
    private record Texts(
            String title,
            String tenant,
            String login,
            String password,
            String signIn,
            String refused,
            String demo,
            String otherLanguage,
            String otherTag) {

        private static final Texts ENGLISH = new Texts(
                "Sign in to Tenon",
                "Tenant",
                "User name",
                "Password",
                "Sign in",
                "Tenant, user name or password is wrong. After five failures in a row, signing in pauses for a while.",
                "Demonstration accounts",
                "简体中文",
                "zh-CN");

        private static final Texts CHINESE = new Texts(
                "登录 Tenon", "租户", "用户名", "密码", "登录", "租户、用户名或密码有误。连续五次失败后，登录会暂停一段时间。", "演示账号", "English", "en");

        static Texts of(Locale locale) {
            return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
        }
    }
}
