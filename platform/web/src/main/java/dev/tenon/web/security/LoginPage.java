package dev.tenon.web.security;

import dev.tenon.tenancy.identity.LoginOutcome;
import dev.tenon.tenancy.identity.SignIn;
import dev.tenon.web.Html;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out with a browser. The page needs no script and reads in both languages. */
@RestController
class LoginPage {

    private static final Logger LOG = LoggerFactory.getLogger(LoginPage.class);

    private final SignIn signIn;
    private final SignInSteps steps;
    private final StoredSessions sessions;
    private final ObjectProvider<DemoLogins> demo;

    LoginPage(SignIn signIn, SignInSteps steps, StoredSessions sessions, ObjectProvider<DemoLogins> demo) {
        this.signIn = signIn;
        this.steps = steps;
        this.sessions = sessions;
        this.demo = demo;
    }

    @GetMapping("/login")
    ResponseEntity<String> show(
            HttpServletRequest request, CsrfToken csrf, @RequestParam(required = false) @Nullable String lang) {
        return page(200, PageForm.language(request, lang), csrf, "", "", Optional.empty());
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
        String known = tenant.strip().toLowerCase(Locale.ROOT);
        return switch (signIn.password(known, username, password)) {
            case LoginOutcome.Accepted accepted -> steps.finish(known, accepted.user(), request, response);
            case LoginOutcome.Further further -> steps.begin(known, further.user(), request, response);
            case LoginOutcome.Refused _ -> refused(request, csrf, tenant, username, lang, "wrong");
            case LoginOutcome.Paused paused ->
                refused(request, csrf, tenant, username, lang, "paused until " + paused.until());
        };
    }

    /** Every refusal looks the same from outside; the log tells them apart. The login is not logged: people type passwords there. */
    private ResponseEntity<String> refused(
            HttpServletRequest request,
            CsrfToken csrf,
            String tenant,
            String username,
            @Nullable String lang,
            String why) {
        LOG.info("sign-in refused, tenant {}: {}", tenant.replaceAll("[^a-z0-9_]", "?"), why);
        Locale language = PageForm.language(request, lang);
        return page(
                401,
                language,
                csrf,
                tenant,
                username,
                Optional.of(Texts.of(language).refused()));
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
        PageForm.error(body, error.orElse(null));
        body.append("<form id=\"sign-in\" method=\"post\" action=\"?lang=")
                .append(tag)
                .append("\">");
        PageForm.field(body, "tenant", texts.tenant(), "organization", tenant, "text", tenant.isEmpty());
        PageForm.field(body, "username", texts.login(), "username", username, "text", false);
        PageForm.field(body, "password", texts.password(), "current-password", "", "password", !tenant.isEmpty());
        PageForm.hidden(body, csrf.getParameterName(), csrf.getToken());
        body.append("<button type=\"submit\">").append(texts.signIn()).append("</button></form>");
        demo.ifAvailable(logins -> demo(body, texts, tag, csrf, logins));
        return PageForm.page(status, locale, texts.title(), body.toString());
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
            PageForm.hidden(body, "tenant", login.tenant());
            PageForm.hidden(body, "username", login.login());
            PageForm.hidden(body, "password", login.password());
            PageForm.hidden(body, csrf.getParameterName(), csrf.getToken());
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
