package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.TenancyError;
import java.util.Arrays;
import java.util.Locale;

/** Lets an administrator pass who holds the right; the platform itself always passes. */
public final class Gate {

    private final ModelSource models;

    public Gate(ModelSource models) {
        this.models = models;
    }

    /** One of the rights is enough. */
    void require(Identity identity, SystemPermission... any) {
        if (identity.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        var access = models.current(identity.tenant()).access();
        if (Arrays.stream(any).noneMatch(p -> access.holds(identity, p))) {
            throw TenancyError.NOT_ALLOWED
                    .error()
                    .with("permission", inFileForm(any[0]))
                    .build();
        }
    }

    void requirePlatform(Identity identity) {
        if (identity.kind() != Identity.Kind.SYSTEM) {
            throw TenancyError.NOT_ALLOWED
                    .error()
                    .with("permission", "platform")
                    .build();
        }
    }

    /** As packages write it, for example {@code managePackages}. */
    private static String inFileForm(SystemPermission permission) {
        StringBuilder name = new StringBuilder();
        for (String word : permission.name().split("_")) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(name.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }
}
