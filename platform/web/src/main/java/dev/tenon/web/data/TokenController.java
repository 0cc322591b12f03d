package dev.tenon.web.data;

import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.Policies;
import dev.tenon.tenancy.identity.TokenScope;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Policies policies;

    TokenController(RequestCaller caller, AccessTokens tokens, Policies policies) {
        this.caller = caller;
        this.tokens = tokens;
        this.policies = policies;
    }

    @GetMapping("/api/tokens")
    List<Map<String, @Nullable Object>> list() {
        return tokens.own(caller.identity()).stream().map(IdentityViews::of).toList();
    }

    /** @param scopes all that the caller has when left out */
    record Wanted(
            @Nullable String name,
            @Nullable Integer expiresInDays,
            @Nullable List<String> scopes) {}

    /** The answer is the only place where the token's text ever stands. */
    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> create(@RequestBody Wanted wanted) {
        AccessTokens.Created created = tokens.create(
                caller.identity(),
                wanted.name() == null ? "" : wanted.name(),
                wanted.expiresInDays() == null ? days() : wanted.expiresInDays(),
                scopes(wanted.scopes()));
        Map<String, @Nullable Object> answer = IdentityViews.of(created.token());
        answer.put("token", created.text());
        return answer;
    }

    @DeleteMapping("/api/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id) {
        tokens.revoke(caller.identity(), id);
    }

    private int days() {
        return Math.min(DEFAULT_DAYS, policies.of(caller.identity().tenant()).tokenDays());
    }

    /** A token makes no token that opens more than itself. */
    private Set<TokenScope> scopes(@Nullable List<String> words) {
        if (words == null) {
            return caller.tokenScopes();
        }
        Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
        for (String word : words) {
            TokenScope scope = TokenScope.of(word).orElseThrow(() -> unknown(word));
            if (!caller.tokenScopes().contains(scope)) {
                throw WebError.SCOPE_NEEDED.error().with("scope", word).build();
            }
            scopes.add(scope);
        }
        return scopes;
    }

    private static RuntimeException unknown(String word) {
        return WebError.PARAMETER_MALFORMED
                .error()
                .with("name", "scopes")
                .with("value", word)
                .with("expected", "read, write, admin")
                .build();
    }
}
