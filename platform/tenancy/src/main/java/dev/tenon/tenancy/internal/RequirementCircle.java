package dev.tenon.tenancy.internal;

import dev.tenon.metadata.MetadataError;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.port.TenancyStore;
import dev.tenon.tenancy.port.TenancyStore.PackageRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Packages of the repository that require each other in a circle. None of them can be installed before the other, so "install
 * it first" would send people round.
 */
final class RequirementCircle {

    private final TenancyStore store;
    private final LayerShelf shelf;

    RequirementCircle(TenancyStore store, LayerShelf shelf) {
        this.store = store;
        this.shelf = shelf;
    }

    /** The problems; a requirement that is missing and leads back to the package itself is told as the circle it is. */
    List<Problem> tell(PackageId target, List<Problem> problems) {
        if (problems.stream().noneMatch(RequirementCircle::missing)) {
            return problems;
        }
        Optional<List<String>> circle = circle(target);
        return circle.isEmpty()
                ? problems
                : problems.stream()
                        .map(p -> missing(p) ? told(p, circle.get()) : p)
                        .toList();
    }

    private static boolean missing(Problem problem) {
        return problem.detail().code() == MetadataError.REQUIREMENT_MISSING;
    }

    private static Problem told(Problem problem, List<String> circle) {
        Map<String, Object> args = new TreeMap<>(problem.detail().args());
        args.put("cycle", String.join(" → ", circle));
        return new Problem(
                new ErrorDetail(
                        MetadataError.REQUIREMENT_CYCLE, problem.detail().pointer(), args),
                problem.source());
    }

    private Optional<List<String>> circle(PackageId target) {
        Map<String, PackageRow> newest = new HashMap<>();
        store.packages().stream()
                .sorted(Comparator.comparing(p -> PackageUpgrade.semver(p.version())))
                .forEach(p -> newest.put(p.name(), p));
        store.findPackage(target.name(), target.version()).ifPresent(p -> newest.put(p.name(), p));
        List<String> way = new ArrayList<>();
        return leadsBack(target.name(), target.name(), newest, new HashSet<>(), way)
                ? Optional.of(way)
                : Optional.empty();
    }

    /** @param way filled from the goal back to it when true */
    private boolean leadsBack(
            String from, String goal, Map<String, PackageRow> repository, Set<String> seen, List<String> way) {
        PackageRow row = repository.get(from);
        if (row == null || !seen.add(from)) {
            return false;
        }
        for (String required : shelf.layer(row.content()).info().requires().keySet()) {
            if (required.equals(goal)) {
                way.add(from);
                way.add(goal);
                return true;
            }
            if (leadsBack(required, goal, repository, seen, way)) {
                way.addFirst(from);
                return true;
            }
        }
        return false;
    }
}
