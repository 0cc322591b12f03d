package dev.tenon.sdk.plugin;

import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.ApproverResolver;

/**
 * What a plugin adds to the platform. A handler's name is local to the plugin; metadata refers to it as
 * {@code plugin:<plugin id>/<name>}.
 *
 * <p>Metadata of the plugin (objects, actions, permission sets, texts) is not contributed in code: it is the package
 * folder {@code tenon-package/} inside the jar, read when the plugin is enabled for a tenant.
 */
public interface Contributions {

    /** A handler for the triggers that name it. */
    void trigger(String name, RecordTrigger trigger);

    /** A handler for the actions that name it. */
    void action(String name, RecordAction action);

    /** A way to find approvers, for the approval steps that name it. */
    void approverResolver(String name, ApproverResolver resolver);

    /** A restriction of what people see of approvals, for the policies that name it. */
    void visibilityPolicy(String name, ApprovalVisibilityPolicy policy);
}
