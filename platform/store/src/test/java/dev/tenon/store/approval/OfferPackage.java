package dev.tenon.store.approval;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small recruiting product with an approval, and a customer's policy for it. */
final class OfferPackage {

    private OfferPackage() {}

    static Map<String, byte[]> product() {
        return files(
                "package.yaml",
                """
                name: recruiting
                namespace: recruiting
                version: 1.0.0
                title: Recruiting
                summary: Offers under approval.
                """,
                "settings.yaml",
                """
                vpSalaryLimit: {label: Limit, type: decimal, precision: 12, scale: 2, value: 30000}
                """,
                "objects/Position.yaml",
                """
                label: Position
                pluralLabel: Positions
                titleField: name
                baseline: publicRead
                fields:
                  name: {type: text, label: Name, maxLength: 80, required: true}
                  hiringManager: {type: lookup, label: Hiring manager, target: sys__User}
                """,
                "objects/Offer.yaml",
                """
                label: Offer
                pluralLabel: Offers
                titleField: name
                baseline: private
                fields:
                  name: {type: text, label: Name, maxLength: 80, required: true}
                  position: {type: lookup, label: Position, target: Position}
                  salary: {type: decimal, label: Salary, precision: 12, scale: 2}
                  status: {type: picklist, label: Status, values: {draft: {label: Draft}, inApproval: {label: In approval}, approved: {label: Approved}, rejected: {label: Rejected}}, default: "'draft'"}
                  note: {type: longText, label: Note}
                """,
                "objects/Allowance.yaml",
                """
                label: Allowance
                pluralLabel: Allowances
                titleField: name
                baseline: controlledByParent
                fields:
                  name: {type: text, label: Name, maxLength: 80, required: true}
                  offer: {type: masterDetail, label: Offer, target: Offer}
                """,
                "permissions/recruiter.yaml",
                """
                label: Recruiter
                objects:
                  Position: {read: true, scope: all}
                  Offer: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}
                  Allowance: {create: true, read: true, edit: true, delete: true, scope: all, fieldDefault: edit}
                """,
                "permissions/hrbp.yaml",
                "label: HR business partner\n",
                "permissions/hrvp.yaml",
                "label: HR vice president\n",
                "permissions/approvalAdmin.yaml",
                "label: Approval administrator\nsystem: [manageApprovals]\n",
                "permissions/auditor.yaml",
                "label: Auditor\nsystem: [auditApprovals]\n",
                "approvals/offer_approval.yaml",
                """
                label: Offer approval
                object: Offer
                entry: "status == 'draft'"
                submitters: [recruiter]
                lock: full
                withdraw: anytime
                steps:
                  manager: {label: Hiring manager, approvers: [{field: position.hiringManager}], self: ask, empty: fault, commentRequired: [return]}
                  hrbp: {label: HR business partner, approvers: [{holdersOf: hrbp}], mode: all, self: ask}
                  vp: {label: HR vice president, condition: "salary > settings.recruiting__vpSalaryLimit", approvers: [{holdersOf: hrvp}], mode: anyDecides, self: ask}
                onOutcome: {submitted: {status: "'inApproval'"}, approved: {status: "'approved'"}, rejected: {status: "'rejected'"}, returned: {status: "'draft'"}, withdrawn: {status: "'draft'"}}
                """,
                "i18n/zh-CN.yaml",
                """
                approvals: {offer_approval: {label: 录用审批, steps: {manager: {label: 用人经理}}}}
                """);
    }

    /** A policy for the product's process; what the code answers is the test's. */
    static Map<String, byte[]> policy() {
        return files(
                "package.yaml",
                """
                name: custom
                namespace: c
                version: 1.0.0
                title: Custom
                summary: The customer's own.
                """,
                "policies/offer_visibility.yaml",
                "process: recruiting__offer_approval\nplugin: test/visibility\n");
    }

    private static Map<String, byte[]> files(String... pathsAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }
}
