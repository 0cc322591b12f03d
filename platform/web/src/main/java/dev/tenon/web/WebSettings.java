package dev.tenon.web;

import java.util.Set;
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
 */
@ConfigurationProperties("tenon.web")
public record WebSettings(
        @DefaultValue Set<String> consoleRedirects,
        @DefaultValue("4MB") DataSize maxBody,
        @DefaultValue("100MB") DataSize maxUpload) {

    public WebSettings {
        consoleRedirects = Set.copyOf(consoleRedirects);
    }
}
