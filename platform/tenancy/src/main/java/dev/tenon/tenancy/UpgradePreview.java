package dev.tenon.tenancy;

import dev.tenon.metadata.UpgradeReport;
import dev.tenon.records.ModelCompiler.Problem;
import java.util.List;

/**
 * What installing or upgrading a package means for one tenant, found out without changing anything.
 *
 * @param report property by property; its {@code from} is empty for a first installation
 * @param schema what would be done to the tables, in words for an administrator
 * @param problems what stands in the way
 */
public record UpgradePreview(UpgradeReport report, List<String> schema, List<Problem> problems) {

    public UpgradePreview {
        schema = List.copyOf(schema);
        problems = List.copyOf(problems);
    }

    /** True when it cannot be applied. */
    public boolean blocked() {
        return !problems.isEmpty();
    }
}
