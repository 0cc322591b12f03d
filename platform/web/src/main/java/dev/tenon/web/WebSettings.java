package dev.tenon.web;

import dev.tenon.web.errors.WebError;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this room may be set up; keys {@code tenon.web.*}.
 *
 * @param consoleRedirects addresses beside {@code /auth/callback} of this server to which sign-ins may return, for a
 *     console served by a development server
 * @param maxBody most bytes of a request body that is not an upload
 * @param maxUpload most bytes of an uploaded file
 * @param operatorToken secret of at least 32 characters that opens {@code /api/platform}; none: nobody gets there
 */
@ConfigurationProperties("tenon.web")
public record WebSettings(
        @DefaultValue Set<String> consoleRedirects,
        @DefaultValue("4MB") DataSize maxBody,
        @DefaultValue("100MB") DataSize maxUpload,
        @Nullable String operatorToken) {

    private static final int LEAST_TOKEN = 32;

    /** RFC 6750: what can travel behind {@code Bearer}. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    public WebSettings {
        consoleRedirects = Set.copyOf(consoleRedirects);
        operatorToken = operatorToken == null || operatorToken.isBlank() ? null : operatorToken.strip();
        if (operatorToken != null
                && (operatorToken.length() < LEAST_TOKEN
                        || !TOKEN.matcher(operatorToken).matches())) {
            throw WebError.OPERATOR_TOKEN_UNFIT
                    .error()
                    .with("least", LEAST_TOKEN)
                    .build();
        }
    }

    @Override
    public String toString() {
        return "WebSettings[maxBody=" + maxBody + ", maxUpload=" + maxUpload + "]";
    }
}
