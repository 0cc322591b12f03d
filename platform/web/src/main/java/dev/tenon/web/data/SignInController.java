package dev.tenon.web.data;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.IdentityLog;
import dev.tenon.tenancy.identity.Policies;
import dev.tenon.tenancy.identity.SecondFactors;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.tenancy.identity.SignInPolicy;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How I sign in: password, second factor, sessions, and what happened to my account. */
@RestController
class SignInController {

    private final RequestCaller caller;
    private final Users users;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final IdentityLog log;
    private final Policies policies;

    SignInController(
            RequestCaller caller,
            Users users,
            SecondFactors factors,
            Sessions sessions,
            IdentityLog log,
            Policies policies) {
        this.caller = caller;
        this.users = users;
        this.factors = factors;
        this.sessions = sessions;
        this.log = log;
        this.policies = policies;
    }

    record NewPassword(@Nullable String current, @Nullable String wanted) {
        @Override
        public String toString() {
            return "NewPassword";
        }
    }

    /** What new passwords have to be like. */
    @GetMapping("/api/me/password")
    Map<String, Object> policy() {
        SignInPolicy policy = policies.of(caller.identity().tenant());
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("length", policy.passwordLength());
        told.put("history", policy.passwordHistory());
        told.put("maxDays", policy.passwordAge().toDays());
        return told;
    }

    @PostMapping("/api/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody NewPassword sent) {
        users.changePassword(
                caller.identity(),
                UserInput.needed("current", sent.current()),
                UserInput.needed("wanted", sent.wanted()),
                caller.session());
    }

    /** The password once more, and the code where one is asked for. */
    record Proof(@Nullable String password, @Nullable String code) {
        @Override
        public String toString() {
            return "Proof";
        }
    }

    @GetMapping("/api/me/second-factor")
    SecondFactors.Status secondFactor() {
        return factors.status(caller.identity());
    }

    /** A new secret; it counts when it is confirmed. */
    @PostMapping("/api/me/second-factor")
    SecondFactors.Enrolment enrol(@RequestBody Proof proof) {
        return factors.begin(caller.identity(), UserInput.needed("password", proof.password()));
    }

    @PostMapping("/api/me/second-factor/confirm")
    Map<String, Object> confirm(@RequestBody Proof proof) {
        return Map.of("recoveryCodes", factors.confirm(caller.identity(), UserInput.needed("code", proof.code())));
    }

    @PostMapping("/api/me/second-factor/recovery-codes")
    Map<String, Object> recoveryCodes(@RequestBody Proof proof) {
        return Map.of(
                "recoveryCodes",
                factors.newRecoveryCodes(caller.identity(), UserInput.needed("password", proof.password())));
    }

    @PostMapping("/api/me/second-factor/remove")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSecondFactor(@RequestBody Proof proof) {
        factors.remove(caller.identity(), UserInput.needed("password", proof.password()));
    }

    @GetMapping("/api/sessions")
    List<Map<String, @Nullable Object>> sessions() {
        String here = caller.session().orElse("");
        return sessions.own(caller.identity()).stream()
                .map(session -> IdentityViews.of(session, here))
                .toList();
    }

    @DeleteMapping("/api/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id) {
        sessions.revokeOwn(caller.identity(), id);
    }

    /** All but the one of this request. */
    @DeleteMapping("/api/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeOthers() {
        sessions.revokeOwn(caller.identity(), caller.session());
    }

    @GetMapping("/api/me/events")
    Map<String, @Nullable Object> events(
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "50") int limit) {
        Identity identity = caller.identity();
        return IdentityViews.of(log.own(identity, before == null ? Long.MAX_VALUE : before, limit));
    }
}
