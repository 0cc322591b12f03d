package dev.tenon.approval;

import dev.tenon.approval.internal.DefinitionProblems;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.CodeRuntime;
import java.util.List;

/** Everything that would make an approval process of a model stop later, found before it is published. */
public final class ApprovalDefinitionCheck {

    private ApprovalDefinitionCheck() {}

    public static List<Problem> check(Model model, CodeRuntime code) {
        return new DefinitionProblems(model, code).find();
    }
}
