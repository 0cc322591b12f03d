package dev.tenon.testkit;

import dev.tenon.plugin.PluginStatus;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plugin as the platform sees it at one moment.
 *
 * @param id its {@code Plugin-Id}
 * @param started whether it can be called
 * @param contributions names of its triggers, actions, approver resolvers and visibility policies
 * @param calls into it since its start
 * @param failures of these, those that failed by its own fault
 * @param lastFailure text of the last of them
 */
public record TestPlugin(
        String id,
        String version,
        boolean started,
        Set<String> contributions,
        long calls,
        long failures,
        Optional<String> lastFailure) {

    public TestPlugin {
        contributions = Set.copyOf(contributions);
    }

    static TestPlugin of(PluginStatus status) {
        Set<String> contributions = new TreeSet<>();
        status.contributions().values().forEach(contributions::addAll);
        return new TestPlugin(
                status.id(),
                status.version(),
                status.state() == PluginStatus.State.STARTED,
                contributions,
                status.calls(),
                status.failures(),
                status.lastFailure());
    }
}
