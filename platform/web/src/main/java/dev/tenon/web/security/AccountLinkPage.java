package dev.tenon.web.security;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.identity.AccountLinks;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.web.Html;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Where one-time links lead: the person chooses a password and then signs in with it. Looking at the page does not use the
 * link up, as mail programs look, too.
 */
@RestController
public class AccountLinkPage {

    private static final String PATH = "/account-link";

    private final AccountLinks links;

    AccountLinkPage(AccountLinks links) {
        this.links = links;
    }

    /** The whole address of a link, at the host that the request was sent to. */
    public static String address(String text) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(PATH)
                .queryParam("key", text)
                .build()
                .toUriString();
    }

    @GetMapping(PATH)
    ResponseEntity<String> show(
            HttpServletRequest request, CsrfToken csrf, @RequestParam(defaultValue = "") String key) {
        return page(200, request, csrf, key, null);
    }

    @PostMapping(PATH)
    ResponseEntity<String> choose(
            HttpServletRequest request,
            CsrfToken csrf,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String repeated) {
        if (!password.equals(repeated)) {
            Locale locale = PageForm.language(request, null);
            return page(400, request, csrf, key, StepTexts.of(locale).differ());
        }
        try {
            links.choose(key, password);
        } catch (PlatformException unfit) {
            return page(400, request, csrf, key, SignInSteps.told(unfit, request));
        }
        return ResponseEntity.status(303)
                .header("Location", request.getContextPath() + "/login")
                .build();
    }

    private ResponseEntity<String> page(
            int status, HttpServletRequest request, CsrfToken csrf, String key, @Nullable String error) {
        Locale locale = PageForm.language(request, null);
        StepTexts texts = StepTexts.of(locale);
        Optional<Account> account = links.find(key);
        StringBuilder body = new StringBuilder(1_000);
        if (account.isEmpty()) {
            PageForm.error(body, texts.linkOver());
            body.append("<p><a href=\"")
                    .append(Html.text(request.getContextPath()))
                    .append("/login\">")
                    .append(texts.toSignIn())
                    .append("</a></p>");
            return PageForm.page(status == 200 ? 410 : status, locale, texts.welcome(), body.toString());
        }
        PageForm.error(body, error);
        body.append("<p>")
                .append(texts.choose())
                .append(" <b>")
                .append(Html.text(account.get().login()))
                .append("</b> (")
                .append(Html.text(account.get().tenant()))
                .append(")</p>");
        PageForm.begin(body, "password-form", request.getContextPath() + PATH, csrf);
        PageForm.hidden(body, "key", key);
        PageForm.field(body, "password", texts.newPassword(), "new-password", "", "password", true);
        PageForm.field(body, "repeated", texts.repeated(), "new-password", "", "password", false);
        PageForm.end(body, texts.goOn());
        return PageForm.page(status, locale, texts.welcome(), body.toString());
    }
}
