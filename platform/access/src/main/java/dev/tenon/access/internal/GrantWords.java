package dev.tenon.access.internal;

import dev.tenon.access.Explanation;
import dev.tenon.access.Explanation.Grant;
import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.ObjectPermission;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the grounds of a decision into words: program words and expressions, which a page translates. */
public final class GrantWords {

    private GrantWords() {}

    /**
     * @param ruled a restriction of another room decides about the records
     * @param hiddenToo also tell the fields that the identity may not read
     */
    public static Explanation explain(
            ObjectType object, ObjectAccess access, List<PermissionSet> sets, boolean ruled, boolean hiddenToo) {
        List<Grant> grants = new ArrayList<>();
        if (ruled) {
            grants.add(new Grant("rule", "read", "rule"));
        } else {
            baseline(object, grants);
        }
        if (PlatformObjects.readByEverybody(object)) {
            grants.add(new Grant("platform", "read", "baseline"));
        }
        for (PermissionSet set : sets) {
            set.forObject(object.name()).ifPresent(permission -> grants(set.name(), permission, grants));
        }
        Map<String, List<Grant>> fields = new LinkedHashMap<>();
        for (String field : object.fields().keySet()) {
            if (access.mayRead(field) || hiddenToo) {
                fields.put(field, field(field, access, sets, object.name()));
            }
        }
        return new Explanation(object.name(), grants, fields);
    }

    private static void baseline(ObjectType object, List<Grant> grants) {
        switch (object.baseline()) {
            case PRIVATE -> grants.add(new Grant("baseline", "read", "own"));
            case PUBLIC_READ -> grants.add(new Grant("baseline", "read", "all"));
            case PUBLIC_READ_WRITE -> {
                grants.add(new Grant("baseline", "read", "all"));
                grants.add(new Grant("baseline", "edit", "all"));
            }
            case CONTROLLED_BY_PARENT -> {
                grants.add(new Grant("baseline", "read", "master"));
                grants.add(new Grant("baseline", "edit", "master"));
            }
        }
    }

    private static void grants(String set, ObjectPermission permission, List<Grant> grants) {
        if (permission.create()) {
            grants.add(new Grant(set, "create", "all"));
        }
        if (permission.canRead()) {
            grants.add(new Grant(set, "read", words(permission.read())));
        }
        if (permission.canEdit()) {
            grants.add(new Grant(set, "edit", words(permission.edit())));
        }
        if (permission.canDelete()) {
            grants.add(new Grant(set, "delete", words(permission.edit())));
        }
        if (permission.lock()) {
            grants.add(new Grant(set, "lock", words(permission.edit())));
        }
        if (permission.editLocked()) {
            grants.add(new Grant(set, "editLocked", words(permission.edit())));
        }
        permission.actions().stream().sorted().forEach(action -> grants.add(new Grant(set, "action", action)));
    }

    private static List<Grant> field(String field, ObjectAccess access, List<PermissionSet> sets, String object) {
        List<Grant> grants = new ArrayList<>();
        for (PermissionSet set : sets) {
            set.forObject(object)
                    .map(p -> p.fields().getOrDefault(field, p.fieldDefault()))
                    .ifPresent(level -> grants.add(new Grant(set.name(), "field", words(level))));
        }
        grants.add(new Grant(
                "effective",
                "field",
                access.conditions().containsKey(field)
                        ? "conditional"
                        : words(access.fields().getOrDefault(field, FieldAccess.NONE))));
        return grants;
    }

    private static String words(FieldAccess level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String words(RowScope scope) {
        return switch (scope) {
            case RowScope.Own own -> "own";
            case RowScope.All all -> "all";
            case RowScope.Where where -> "own || (" + where.condition().text() + ")";
        };
    }
}
