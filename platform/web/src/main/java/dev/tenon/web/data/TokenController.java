package dev.tenon.web.data;

import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own access tokens for programs. */
@RestController
class TokenController {

    private static final int DEFAULT_DAYS = 90;

    private final RequestCaller caller;
    private final AccessTokens tokens;

    TokenController(RequestCaller caller, AccessTokens tokens) {
        this.caller = caller;
        this.tokens = tokens;
    }

    @GetMapping("/api/tokens")
    List<Map<String, @Nullable Object>> list() {
        return tokens.own(caller.identity()).stream()
                .map(TokenController::describe)
                .toList();
    }

    record Wanted(@Nullable String name, @Nullable Integer expiresInDays) {}

    /** The answer is the only place where the token's text ever stands. */
    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> create(@RequestBody Wanted wanted) {
        AccessTokens.Created created = tokens.create(
                caller.identity(),
                wanted.name() == null ? "" : wanted.name(),
                wanted.expiresInDays() == null ? DEFAULT_DAYS : wanted.expiresInDays());
        Map<String, @Nullable Object> answer = describe(created.token());
        answer.put("token", created.text());
        return answer;
    }

    @DeleteMapping("/api/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        tokens.revoke(caller.identity(), id);
    }

    private static Map<String, @Nullable Object> describe(StoredToken token) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", token.id());
        all.put("name", token.name());
        all.put("createdAt", token.createdAt());
        all.put("expiresAt", token.expiresAt());
        all.put("lastUsedAt", token.lastUsedAt());
        return all;
    }
}
