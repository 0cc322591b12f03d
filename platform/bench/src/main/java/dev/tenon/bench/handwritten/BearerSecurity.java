package dev.tenon.bench.handwritten;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;

/** Access tokens, kept by their hash and looked up for each request, so that a revoked one is dead at once. */
@Configuration(proxyBeanMethods = false)
class BearerSecurity {

    @Bean
    SecurityFilterChain api(HttpSecurity http, JdbcTemplate jdbc) {
        AuthenticationManager tokens = authentication -> authenticate(jdbc, authentication);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.csrf(csrf -> csrf.disable());
        http.requestCache(cache -> cache.disable());
        http.logout(logout -> logout.disable());
        http.authorizeHttpRequests(all -> all.anyRequest().authenticated());
        http.oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> tokens));
        return http.build();
    }

    private record Token(UUID user, Instant expiresAt) {}

    private static Authentication authenticate(JdbcTemplate jdbc, Authentication authentication) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        List<Token> found = jdbc.query(
                "select user_id, expires_at from tenon.access_token where hash = ?",
                (row, number) -> new Token(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant()),
                hash(token));
        if (found.isEmpty() || !Instant.now().isBefore(found.getFirst().expiresAt())) {
            throw new InvalidBearerTokenException("the access token is unknown or expired");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                found.getFirst().user(), null, List.of());
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
