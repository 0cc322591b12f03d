package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.ActingUser;
import dev.tenon.tenancy.identity.TokenScope;
import dev.tenon.web.errors.WebError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.MDC;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The caller of the thread's request: the one way for controllers to an identity and to records. */
@Component
public class RequestCaller {

    private final Records records;
    private final ModelSource models;

    public RequestCaller(Records records, ModelSource models) {
        this.records = records;
        this.models = models;
    }

    /** Throws {@code web.unauthenticated}. Texts are in the language that the request names, else in the user's. */
    public Identity identity() {
        Identity identity = authentication()
                .map(CallerAuthentication::getPrincipal)
                .orElseThrow(() -> WebError.UNAUTHENTICATED.error().build());
        MDC.put("tenant", identity.tenant());
        ActingUser user = identity.user();
        Optional<Locale> wanted =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? RequestLocale.wanted(request.getRequest())
                        : Optional.empty();
        if (wanted.isEmpty() || wanted.get().equals(user.locale())) {
            return identity;
        }
        ActingUser speaking = new ActingUser(user.tenant(), user.id(), user.name(), wanted.get(), user.zone());
        return new Identity(speaking, identity.kind(), identity.permissionSets());
    }

    public Locale locale() {
        return identity().user().locale();
    }

    /** A session that pins the tenant's current model. */
    public RecordSession records() {
        return records.open(identity(), channel());
    }

    /** What the request's changes are noted with. */
    public Channel channel() {
        return authentication().map(CallerAuthentication::channel).orElse(Channel.API);
    }

    /** The name of the session that the caller's token was made of; empty for programs with a token of their own. */
    public Optional<String> session() {
        return authentication().flatMap(CallerAuthentication::session);
    }

    /** What of the interface the caller's token opens. */
    public Set<TokenScope> tokenScopes() {
        return authentication().map(CallerAuthentication::tokenScopes).orElse(Set.of());
    }

    public boolean holds(SystemPermission permission) {
        Identity identity = identity();
        return models.current(identity.tenant()).access().holds(identity, permission);
    }

    /** The identity, if it has the administrative right; else {@code web.permission-needed}. */
    public Identity require(SystemPermission permission) {
        if (!holds(permission)) {
            throw WebError.PERMISSION_NEEDED
                    .error()
                    .with("permission", nameOf(permission))
                    .build();
        }
        return identity();
    }

    /** Whether the caller may see the files behind errors; false when nobody is signed in. */
    public boolean customizes() {
        try {
            return authentication().isPresent() && holds(SystemPermission.CUSTOMIZE);
        } catch (RuntimeException notNow) {
            return false;
        }
    }

    /** As package files write it: {@code manageUsers}. */
    public static String nameOf(SystemPermission permission) {
        String[] words = permission.name().toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + Arrays.stream(words, 1, words.length)
                        .map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1))
                        .collect(Collectors.joining());
    }

    private static Optional<CallerAuthentication> authentication() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
