package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.identity.LoginOutcome.Step;
import dev.tenon.tenancy.identity.SecondFactors;
import dev.tenon.tenancy.identity.SignIn;
import dev.tenon.tenancy.identity.SignIn.Held;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.Html;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What follows a right password: the code of a second factor, setting one up, another password; then the session begins. */
@RestController
class SignInSteps {

    private static final String COOKIE = "tenon_sign_in";
    private static final String PATH = "/login/next";
    private static final Duration COOKIE_AGE = Duration.ofMinutes(10);

    private final SignIn signIn;
    private final Users users;
    private final StoredSessions sessions;
    private final RequestCache cache;

    SignInSteps(SignIn signIn, Users users, StoredSessions sessions, RequestCache cache) {
        this.signIn = signIn;
        this.users = users;
        this.sessions = sessions;
        this.cache = cache;
    }

    /** The password was right and more is needed. */
    @Nullable
    ResponseEntity<String> begin(String tenant, UUID user, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        hold(request, response, signIn.hold(tenant, user), COOKIE_AGE);
        response.sendRedirect(request.getContextPath() + PATH);
        return null;
    }

    /** Nothing more is needed. */
    @Nullable
    ResponseEntity<String> finish(String tenant, UUID user, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Identity> identity = users.identity(tenant, user);
        if (identity.isEmpty()) {
            response.sendRedirect(request.getContextPath() + "/login");
            return null;
        }
        sessions.begin(identity.get(), request, response);
        response.sendRedirect(onward(request, response));
        return null;
    }

    private String onward(HttpServletRequest request, HttpServletResponse response) {
        String home = request.getContextPath() + "/";
        try {
            SavedRequest wanted = cache.getRequest(request, response);
            return wanted == null ? home : local(wanted.getRedirectUrl());
        } catch (RuntimeException noAddress) {
            // The cookie is the browser's to keep, and anybody's to make up; what is no address leads nowhere else.
            return home;
        } finally {
            cache.removeRequest(request, response);
        }
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

    @GetMapping(PATH)
    @Nullable
    ResponseEntity<String> show(HttpServletRequest request, HttpServletResponse response, CsrfToken csrf)
            throws IOException {
        String text = held(request);
        Optional<Held> held = signIn.held(text);
        if (held.isEmpty()) {
            response.sendRedirect(request.getContextPath() + "/login");
            return null;
        }
        return page(200, request, csrf, text, held.get().step(), null);
    }

    @PostMapping(PATH)
    @Nullable
    ResponseEntity<String> goOn(
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated)
            throws IOException {
        String text = held(request);
        Step step = signIn.held(text).map(Held::step).orElse(null);
        if (step == null) {
            response.sendRedirect(request.getContextPath() + "/login");
            return null;
        }
        StepTexts texts = StepTexts.of(PageForm.language(request, null));
        if (step != Step.NEW_PASSWORD) {
            return after(signIn.code(text, code), request, response, csrf, text, step);
        }
        if (!password.equals(repeated)) {
            return page(400, request, csrf, text, step, texts.differ());
        }
        try {
            return after(signIn.newPassword(text, password), request, response, csrf, text, step);
        } catch (PlatformException unfit) {
            return page(400, request, csrf, text, step, told(unfit, request));
        }
    }

    static String told(PlatformException refused, HttpServletRequest request) {
        return ErrorTexts.render(refused.code(), refused.args(), PageForm.language(request, null));
    }

    private @Nullable ResponseEntity<String> after(
            SignIn.Result result,
            HttpServletRequest request,
            HttpServletResponse response,
            CsrfToken csrf,
            String text,
            Step step)
            throws IOException {
        StepTexts texts = StepTexts.of(PageForm.language(request, null));
        return switch (result) {
            case SignIn.Result.Wrong _ -> page(401, request, csrf, text, step, texts.wrong());
            case SignIn.Result.Paused _ -> page(401, request, csrf, text, step, texts.paused());
            case SignIn.Result.Over _ -> {
                hold(request, response, "", Duration.ZERO);
                response.sendRedirect(request.getContextPath() + "/login");
                yield null;
            }
            case SignIn.Result.Next next -> {
                hold(request, response, next.text(), COOKIE_AGE);
                if (next.recoveryCodes().isEmpty()) {
                    response.sendRedirect(request.getContextPath() + PATH);
                    yield null;
                }
                yield recovery(request, next.recoveryCodes(), request.getContextPath() + PATH);
            }
            case SignIn.Result.Done done -> {
                hold(request, response, "", Duration.ZERO);
                if (done.recoveryCodes().isEmpty()) {
                    yield finish(done.account().tenant(), done.account().user(), request, response);
                }
                Optional<Identity> identity =
                        users.identity(done.account().tenant(), done.account().user());
                identity.ifPresent(who -> sessions.begin(who, request, response));
                yield recovery(request, done.recoveryCodes(), onward(request, response));
            }
        };
    }

    private ResponseEntity<String> page(
            int status, HttpServletRequest request, CsrfToken csrf, String text, Step step, @Nullable String error) {
        Locale locale = PageForm.language(request, null);
        StepTexts texts = StepTexts.of(locale);
        StringBuilder body = new StringBuilder(2_000);
        PageForm.error(body, error);
        String action = request.getContextPath() + PATH;
        switch (step) {
            case CODE -> {
                body.append("<p>").append(texts.code()).append("</p>");
                PageForm.begin(body, "code-form", action, csrf);
                PageForm.field(body, "code", texts.codeLabel(), "one-time-code", "", "text", true);
                PageForm.end(body, texts.goOn());
            }
            case ENROLMENT -> enrolment(body, csrf, texts, action, signIn.enrolment(text));
            case NEW_PASSWORD -> {
                body.append("<p>").append(texts.tooOld()).append("</p>");
                PageForm.begin(body, "password-form", action, csrf);
                PageForm.field(body, "password", texts.newPassword(), "new-password", "", "password", true);
                PageForm.field(body, "repeated", texts.repeated(), "new-password", "", "password", false);
                PageForm.end(body, texts.goOn());
            }
        }
        return PageForm.page(status, locale, texts.title(), body.toString());
    }

    private static void enrolment(
            StringBuilder body,
            CsrfToken csrf,
            StepTexts texts,
            String action,
            Optional<SecondFactors.Enrolment> enrolment) {
        enrolment.ifPresent(made -> body.append("<p>")
                .append(texts.enrolment())
                .append("</p><p><code id=\"secret\">")
                .append(Html.text(made.secret().replaceAll("(.{4})(?!$)", "$1 ")))
                .append("</code></p><p><a href=\"")
                .append(Html.text(made.uri()))
                .append("\">")
                .append(texts.openApp())
                .append("</a></p>"));
        PageForm.begin(body, "code-form", action, csrf);
        PageForm.field(body, "code", texts.codeLabel(), "one-time-code", "", "text", true);
        PageForm.end(body, texts.goOn());
    }

    private static ResponseEntity<String> recovery(HttpServletRequest request, List<String> codes, String onward) {
        Locale locale = PageForm.language(request, null);
        StepTexts texts = StepTexts.of(locale);
        StringBuilder body = new StringBuilder(1_000);
        body.append("<p>").append(texts.recovery()).append("</p><p id=\"recovery\">");
        codes.forEach(code -> body.append("<code>").append(Html.text(code)).append("</code><br>"));
        body.append("</p><p><a id=\"onward\" href=\"")
                .append(Html.text(onward))
                .append("\">")
                .append(texts.kept())
                .append("</a></p>");
        return PageForm.page(200, locale, texts.title(), body.toString());
    }

    private static String held(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return "";
    }

    private static void hold(HttpServletRequest request, HttpServletResponse response, String text, Duration age) {
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(COOKIE, text)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Strict")
                        .path(request.getContextPath() + PATH)
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
