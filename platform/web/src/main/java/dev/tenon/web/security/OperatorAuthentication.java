package dev.tenon.web.security;

import dev.tenon.web.WebSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Knows the one secret that the operator has set; without one nobody gets in. */
final class OperatorAuthentication implements AuthenticationManager {

    private final @Nullable String secret;

    OperatorAuthentication(WebSettings settings) {
        this.secret = settings.operatorToken();
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String sent = ((BearerTokenAuthenticationToken) authentication).getToken();
        if (secret == null || !MessageDigest.isEqual(bytes(sent), bytes(secret))) {
            throw new InvalidBearerTokenException("this is not the operator's token");
        }
        return UsernamePasswordAuthenticationToken.authenticated("operator", null, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
