package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.automation.HandOverStatus;
import dev.tenon.automation.HandOvers;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.AccountLinks;
import dev.tenon.tenancy.identity.IdentityLog;
import dev.tenon.tenancy.identity.SecondFactors;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.data.IdentityViews;
import dev.tenon.web.data.UserInput;
import dev.tenon.web.security.AccountLinkPage;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

/** What becomes of users: invited, let in again, deactivated with a hand-over; and where they are signed in. */
@RestController
class UserLifeController {

    private static final String USER = "/api/admin/users/{id}";

    private final RequestCaller caller;
    private final Users users;
    private final AccountLinks links;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final SecondFactors factors;
    private final HandOvers handOvers;
    private final IdentityLog log;

    UserLifeController(
            RequestCaller caller,
            Users users,
            AccountLinks links,
            Sessions sessions,
            AccessTokens tokens,
            SecondFactors factors,
            HandOvers handOvers,
            IdentityLog log) {
        this.caller = caller;
        this.users = users;
        this.links = links;
        this.sessions = sessions;
        this.tokens = tokens;
        this.factors = factors;
        this.handOvers = handOvers;
        this.log = log;
    }

    private Identity administrator() {
        return caller.require(SystemPermission.MANAGE_USERS);
    }

    /** A one-time link: the answer is the only place where it ever stands. */
    @PostMapping(USER + "/link")
    Map<String, Object> link(@PathVariable UUID id) {
        AccountLinks.Made made = links.make(administrator(), id);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", made.link().kind().name());
        told.put("link", AccountLinkPage.address(made.text()));
        told.put("expiresAt", made.link().expiresAt());
        return told;
    }

    record Leaving(@Nullable UUID handOverTo) {}

    /** Deactivates a user, and begins to give what is his to somebody else where one is named. */
    @PostMapping(USER + "/deactivate")
    Map<String, @Nullable Object> deactivate(@PathVariable UUID id, @RequestBody Leaving leaving) {
        Identity actor = administrator();
        UUID to = leaving.handOverTo();
        if (to != null) {
            handOvers.check(actor, id, to);
        }
        users.change(actor, id, active(false));
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("handOver", to == null ? null : describe(handOvers.start(actor, id, to)));
        return told;
    }

    @PostMapping(USER + "/activate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void activate(@PathVariable UUID id) {
        users.change(administrator(), id, active(true));
    }

    private static UserChange active(boolean active) {
        return new UserChange(null, null, null, null, active, null, null, null);
    }

    record Wanted(@Nullable UUID from, @Nullable UUID to) {}

    @PostMapping("/api/admin/hand-overs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, @Nullable Object> handOver(@RequestBody Wanted wanted) {
        return describe(handOvers.start(
                administrator(), UserInput.needed("from", wanted.from()), UserInput.needed("to", wanted.to())));
    }

    @GetMapping("/api/admin/hand-overs")
    List<Map<String, @Nullable Object>> handOvers() {
        return handOvers.list(administrator()).stream()
                .map(UserLifeController::describe)
                .toList();
    }

    @GetMapping("/api/admin/hand-overs/{job}")
    Map<String, @Nullable Object> handOver(@PathVariable UUID job) {
        return describe(handOvers.require(administrator(), job));
    }

    @PostMapping("/api/admin/hand-overs/{job}/cancel")
    Map<String, @Nullable Object> cancel(@PathVariable UUID job) {
        return describe(handOvers.cancel(administrator(), job));
    }

    private static Map<String, @Nullable Object> describe(HandOverStatus job) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", job.id());
        told.put("state", job.state().name());
        told.put("from", job.from());
        told.put("to", job.to());
        told.put("startedBy", job.startedBy());
        told.put("total", job.total() < 0 ? null : job.total());
        told.put("processed", job.processed());
        told.put("workItems", job.workItems());
        told.put("leftOver", job.leftOver());
        told.put("queuedAt", job.queuedAt());
        told.put("endedAt", job.endedAt());
        told.put("failure", job.failure());
        return told;
    }

    @DeleteMapping(USER + "/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSecondFactor(@PathVariable UUID id) {
        factors.removeOf(administrator(), id);
    }

    @GetMapping(USER + "/sessions")
    List<Map<String, @Nullable Object>> sessions(@PathVariable UUID id) {
        String here = caller.session().orElse("");
        return sessions.of(administrator(), id).stream()
                .map(session -> IdentityViews.of(session, here))
                .toList();
    }

    @DeleteMapping(USER + "/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeSessions(@PathVariable UUID id) {
        sessions.revokeAllOf(administrator(), id);
    }

    @DeleteMapping(USER + "/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeSession(@PathVariable UUID id, @PathVariable String session) {
        sessions.revokeOf(administrator(), id, session);
    }

    @GetMapping(USER + "/tokens")
    List<Map<String, @Nullable Object>> tokens(@PathVariable UUID id) {
        return tokens.of(administrator(), id).stream().map(IdentityViews::of).toList();
    }

    @DeleteMapping(USER + "/tokens/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeToken(@PathVariable UUID id, @PathVariable UUID token) {
        tokens.revokeOf(administrator(), id, token);
    }

    /** What happened to the tenant's accounts, newest first. */
    @GetMapping("/api/admin/identity-events")
    Map<String, @Nullable Object> events(
            @RequestParam(required = false) @Nullable UUID user,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int limit) {
        return IdentityViews.of(
                log.read(administrator(), Optional.ofNullable(user), before == null ? Long.MAX_VALUE : before, limit));
    }
}
