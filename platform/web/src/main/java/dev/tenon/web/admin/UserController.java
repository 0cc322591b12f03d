package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.data.UserInput;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users and what they hold. */
@RestController
class UserController {

    private final RequestCaller caller;
    private final Users users;
    private final ModelSource models;

    UserController(RequestCaller caller, Users users, ModelSource models) {
        this.caller = caller;
        this.users = users;
        this.models = models;
    }

    @GetMapping("/api/admin/users")
    List<Map<String, @Nullable Object>> list() {
        List<UserAccount> all = users.all(caller.require(SystemPermission.MANAGE_USERS));
        Map<UUID, String> names = all.stream().collect(Collectors.toMap(UserAccount::id, UserAccount::name));
        return all.stream().map(user -> describe(user, names)).toList();
    }

    record Created(
            @Nullable String login,
            @Nullable String name,
            @Nullable String email,
            @Nullable String locale,
            @Nullable String zone,
            @Nullable String password,
            @Nullable Set<String> permissionSets,
            @Nullable UUID manager) {

        @Override
        public String toString() {
            return "Created[login=" + login + "]";
        }
    }

    @PostMapping("/api/admin/users")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, @Nullable Object> create(@RequestBody Created sent) {
        Identity identity = caller.require(SystemPermission.MANAGE_USERS);
        Locale locale = UserInput.locale(sent.locale());
        ZoneId zone = UserInput.zone(sent.zone());
        UserAccount created = users.create(
                identity,
                new NewUser(
                        UserInput.needed("login", sent.login()),
                        UserInput.needed("name", sent.name()),
                        sent.email(),
                        locale == null ? identity.user().locale() : locale,
                        zone == null ? identity.user().zone() : zone,
                        sent.password(),
                        sent.permissionSets() == null ? Set.of() : sent.permissionSets(),
                        sent.manager()));
        return describe(identity, created);
    }

    /** Only the members that are sent are changed; a {@code manager} of null removes the manager. */
    @PatchMapping("/api/admin/users/{id}")
    Map<String, @Nullable Object> change(@PathVariable UUID id, @RequestBody Map<String, @Nullable Object> sent) {
        Identity identity = caller.require(SystemPermission.MANAGE_USERS);
        return describe(identity, users.change(identity, id, changes(sent)));
    }

    private static UserChange changes(Map<String, @Nullable Object> sent) {
        for (String name : sent.keySet()) {
            if (!Set.of("login", "name", "email", "locale", "zone", "active", "password", "permissionSets", "manager")
                    .contains(name)) {
                throw WebError.MALFORMED_BODY
                        .error()
                        .with("reason", "unknown member \"" + name + "\"")
                        .build();
            }
        }
        return new UserChange(
                text(sent, "name"),
                sent.containsKey("email") && sent.get("email") == null ? "" : text(sent, "email"),
                UserInput.locale(text(sent, "locale")),
                UserInput.zone(text(sent, "zone")),
                truth(sent),
                text(sent, "password"),
                sets(sent.get("permissionSets")),
                sent.containsKey("manager") ? Optional.ofNullable(id(sent)) : null);
    }

    private static @Nullable String text(Map<String, @Nullable Object> sent, String name) {
        Object value = sent.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw malformed(name, value, "text");
    }

    private static @Nullable Boolean truth(Map<String, @Nullable Object> sent) {
        Object value = sent.get("active");
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw malformed("active", value, "true, false");
    }

    private static @Nullable Set<String> sets(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).collect(Collectors.toSet());
            default -> throw malformed("permissionSets", value, "[text]");
        };
    }

    private static @Nullable UUID id(Map<String, @Nullable Object> sent) {
        String text = text(sent, "manager");
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw malformed("manager", text, "id");
        }
    }

    private static RuntimeException malformed(String name, Object value, String expected) {
        return WebError.PARAMETER_MALFORMED
                .error()
                .with("name", name)
                .with("value", value)
                .with("expected", expected)
                .build();
    }

    /** For those who give people permission sets, and for those who give permission sets to objects. */
    @GetMapping("/api/admin/permission-sets")
    List<Map<String, @Nullable Object>> permissionSets() {
        Identity identity = caller.holds(SystemPermission.CUSTOMIZE)
                ? caller.identity()
                : caller.require(SystemPermission.MANAGE_USERS);
        Locale locale = caller.locale();
        return models.current(identity.tenant()).model().permissionSets().values().stream()
                .map(set -> describe(set, locale))
                .toList();
    }

    private static Map<String, @Nullable Object> describe(PermissionSet set, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", set.name());
        entry.put("label", set.label().in(locale));
        entry.put("origin", set.origin());
        entry.put(
                "system",
                set.system().stream().sorted().map(RequestCaller::nameOf).toList());
        Map<String, @Nullable Object> objects = new LinkedHashMap<>();
        set.objects().forEach((object, rights) -> {
            Map<String, @Nullable Object> entryOfObject = new LinkedHashMap<>();
            entryOfObject.put("create", rights.create());
            entryOfObject.put("read", rights.canRead());
            entryOfObject.put("edit", rights.canEdit());
            entryOfObject.put("delete", rights.canDelete());
            entryOfObject.put("lock", rights.lock());
            entryOfObject.put("editLocked", rights.editLocked());
            entryOfObject.put("scope", scope(rights.read()));
            entryOfObject.put("editScope", scope(rights.edit()));
            entryOfObject.put("fieldDefault", rights.fieldDefault().name().toLowerCase(Locale.ROOT));
            Map<String, String> fields = new LinkedHashMap<>();
            rights.fields()
                    .forEach((field, level) -> fields.put(field, level.name().toLowerCase(Locale.ROOT)));
            entryOfObject.put("fields", fields);
            entryOfObject.put("actions", rights.actions());
            objects.put(object, entryOfObject);
        });
        entry.put("objects", objects);
        return entry;
    }

    /** As package files write it. */
    private static String scope(PermissionSet.RowScope scope) {
        return switch (scope) {
            case PermissionSet.RowScope.Own _ -> "own";
            case PermissionSet.RowScope.All _ -> "all";
            case PermissionSet.RowScope.Where where -> where.condition().text();
        };
    }

    private Map<String, @Nullable Object> describe(Identity identity, UserAccount user) {
        UUID manager = user.manager();
        Map<UUID, String> names = manager == null
                ? Map.of()
                : Map.of(manager, users.require(identity, manager).name());
        return describe(user, names);
    }

    private static Map<String, @Nullable Object> describe(UserAccount user, Map<UUID, String> names) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", user.id());
        entry.put("login", user.login());
        entry.put("name", user.name());
        entry.put("email", user.email());
        entry.put("locale", user.locale().toLanguageTag());
        entry.put("zone", user.zone().getId());
        entry.put("active", user.active());
        entry.put("invited", user.invited());
        entry.put("secondFactor", user.secondFactor());
        entry.put("permissionSets", user.permissionSets());
        UUID manager = user.manager();
        entry.put("manager", manager == null ? null : Map.of("id", manager, "name", names.getOrDefault(manager, "")));
        return entry;
    }
}
