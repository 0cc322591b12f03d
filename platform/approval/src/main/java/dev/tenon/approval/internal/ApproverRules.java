package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.Env;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds who is asked at a step: the union of its rules, first occurrence first, without people who cannot work. */
final class ApproverRules {

    private final UserDirectory users;
    private final CodeRuntime code;
    private final RecordSession system;
    private final RecordFacts facts;
    private final UUID submitter;
    private final Instant now;

    ApproverRules(
            UserDirectory users,
            CodeRuntime code,
            RecordSession system,
            RecordFacts facts,
            UUID submitter,
            Instant now) {
        this.users = users;
        this.code = code;
        this.system = system;
        this.facts = facts;
        this.submitter = submitter;
        this.now = now;
    }

    Env.Resolution resolve(ApprovalStep step) {
        Set<UUID> found = new LinkedHashSet<>();
        List<String> why = new ArrayList<>();
        try {
            for (Approvers rule : step.approvers()) {
                List<UUID> raw = raw(rule);
                List<UUID> active = raw.stream().filter(this::active).toList();
                found.addAll(active);
                why.add(describe(rule) + ": " + active.size() + " of " + raw.size());
            }
        } catch (PlatformException e) {
            if (e.code().kind() == ErrorKind.INTERNAL) {
                throw e;
            }
            return new Env.Resolution.Failed(Incidents.describe(e));
        }
        return new Env.Resolution.Found(List.copyOf(found), why);
    }

    private List<UUID> raw(Approvers rule) {
        return switch (rule) {
            case Approvers.RecordField(String path) ->
                facts.path(path) instanceof UUID user ? List.of(user) : List.of();
            case Approvers.HoldersOf(String permissionSet) -> users.holders(tenant(), permissionSet);
            case Approvers.Manager(int level) ->
                manager(submitter, level).map(List::of).orElse(List.of());
            case Approvers.Code resolver -> {
                ReadOnlyClient client = new ReadOnlyClient(system.client());
                RecordData data = facts.record()
                        .flatMap(row -> client.find(row.object(), row.id()))
                        .orElse(null);
                if (data == null) {
                    yield List.of();
                }
                ResolverContext context =
                        new ResolverContext(system.model(), system.identity().user(), now, client);
                yield code.resolveApprovers(
                        system.model(), resolver.handler(), data, submitter, resolver.parameters(), context);
            }
        };
    }

    /** The manager that many levels up; a circle of managers ends where it would repeat. */
    private Optional<UUID> manager(UUID user, int level) {
        Set<UUID> seen = new HashSet<>(Set.of(user));
        Optional<UUID> at = Optional.of(user);
        for (int i = 0; i < level; i++) {
            at = at.flatMap(this::managerRecord).filter(seen::add);
        }
        return at;
    }

    private Optional<UUID> managerRecord(UUID user) {
        return system.find(ApprovalObjects.USER, user, Query.Selection.of("manager"))
                .map(row -> row.values().get("manager"))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast);
    }

    Optional<UUID> managerOf(UUID user) {
        return manager(user, 1).filter(this::active);
    }

    List<UUID> processAdmins() {
        Model model = system.model();
        Set<UUID> admins = new LinkedHashSet<>();
        for (PermissionSet set : model.permissionSets().values()) {
            if (set.system().contains(SystemPermission.MANAGE_APPROVALS)) {
                admins.addAll(users.holders(tenant(), set.name()));
            }
        }
        return admins.stream().filter(this::active).sorted().toList();
    }

    private boolean active(UUID user) {
        return users.identity(tenant(), user).isPresent();
    }

    private String tenant() {
        return system.identity().tenant();
    }

    private static String describe(Approvers rule) {
        return switch (rule) {
            case Approvers.RecordField(String path) -> "field " + path;
            case Approvers.HoldersOf(String permissionSet) -> "holders of " + permissionSet;
            case Approvers.Manager(int level) -> "manager " + level;
            case Approvers.Code resolver -> "code " + resolver.handler();
        };
    }
}
