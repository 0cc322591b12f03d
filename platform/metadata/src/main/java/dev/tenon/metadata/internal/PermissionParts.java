package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.ObjectPermission;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds permission sets. Whatever is not granted is not allowed, so everything unset means no. */
final class PermissionParts {

    private static final String FIELDS = "fields.";

    private final EffectiveElements elements;

    PermissionParts(EffectiveElements elements) {
        this.elements = elements;
    }

    /** A retired set stays, because users hold it, but grants only what higher layers put into it. */
    PermissionSet permissionSet(EffectiveElement set) {
        Map<String, ObjectPermission> objects = new LinkedHashMap<>();
        elements.children(set.key(), ElementTypes.OBJECT_PERMISSION)
                .forEach(p -> objects.put(p.localName(), objectPermission(inForce(p))));
        return new PermissionSet(
                set.key().name(),
                set.origin(),
                Typed.label(set, "label"),
                set.retired() ? Set.of() : Typed.constants(SystemPermission.class, set.texts("system")),
                objects);
    }

    private static EffectiveElement inForce(EffectiveElement permission) {
        if (!permission.retired()) {
            return permission;
        }
        Map<String, EffectiveElement.Effective> higher = new LinkedHashMap<>();
        permission.properties().forEach((name, effective) -> {
            if (!effective.last().layer().equals(permission.origin())) {
                higher.put(name, effective);
            }
        });
        return new EffectiveElement(permission.key(), permission.origin(), higher, true, permission.source());
    }

    private static ObjectPermission objectPermission(EffectiveElement p) {
        RowScope read = scope(p, "scope");
        Map<String, FieldAccess> fields = new LinkedHashMap<>();
        p.properties().forEach((name, effective) -> {
            if (name.startsWith(FIELDS) && effective.value() instanceof String access) {
                fields.put(name.substring(FIELDS.length()), Typed.constant(FieldAccess.class, access));
            }
        });
        return new ObjectPermission(
                p.flag("create"),
                p.flag("read"),
                p.flag("edit"),
                p.flag("delete"),
                Typed.constant(FieldAccess.class, p, "fieldDefault"),
                fields,
                read,
                p.text("editScope") == null ? read : scope(p, "editScope"),
                new HashSet<>(p.texts("actions")),
                p.value("recordTypes") == null ? Optional.empty() : Optional.of(new HashSet<>(p.texts("recordTypes"))),
                p.flag("lock"),
                p.flag("editLocked"),
                new HashSet<>(p.texts("reveal")));
    }

    private static RowScope scope(EffectiveElement p, String property) {
        String text = Typed.require(p, property);
        return switch (text) {
            case "own" -> new RowScope.Own();
            case "all" -> new RowScope.All();
            default -> new RowScope.Where(new ExpressionText(text, p.sourceOf(property)));
        };
    }
}
