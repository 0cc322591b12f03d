package dev.tenon.web.data;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.security.RequestCaller;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who I am, and the two things about me that are mine to change. */
@RestController
class MeController {

    private final RequestCaller caller;
    private final Users users;

    MeController(RequestCaller caller, Users users) {
        this.caller = caller;
        this.users = users;
    }

    @GetMapping("/api/me")
    Map<String, @Nullable Object> me() {
        Identity identity = caller.identity();
        return describe(identity, users.require(identity, identity.user().id()));
    }

    @PatchMapping("/api/me")
    Map<String, @Nullable Object> change(@RequestBody Preferences wanted) {
        Identity identity = caller.identity();
        UserAccount changed = users.change(
                identity,
                identity.user().id(),
                UserChange.preferences(UserInput.locale(wanted.locale()), UserInput.zone(wanted.zone())));
        return describe(identity, changed);
    }

    record Preferences(@Nullable String locale, @Nullable String zone) {}

    private Map<String, @Nullable Object> describe(Identity identity, UserAccount account) {
        Map<String, @Nullable Object> me = new LinkedHashMap<>();
        me.put("id", account.id());
        me.put("name", account.name());
        me.put("login", account.login());
        me.put("email", account.email());
        me.put("tenant", identity.tenant());
        me.put("locale", account.locale().toLanguageTag());
        me.put("zone", account.zone().getId());
        me.put("corporateCurrency", caller.records().model().corporateCurrency().orElse(null));
        me.put("permissionSets", account.permissionSets());
        me.put(
                "system",
                Arrays.stream(SystemPermission.values())
                        .filter(caller::holds)
                        .map(RequestCaller::nameOf)
                        .toList());
        return me;
    }
}
