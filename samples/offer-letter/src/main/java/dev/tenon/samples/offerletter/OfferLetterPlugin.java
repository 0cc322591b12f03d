package dev.tenon.samples.offerletter;

import dev.tenon.sdk.plugin.Contributions;
import dev.tenon.sdk.plugin.TenonPlugin;

/** Entry of the plugin. */
public final class OfferLetterPlugin implements TenonPlugin {

    @Override
    public void contribute(Contributions to) {
        to.action("createLetter", new CreateLetter(new LetterPdf()));
    }
}
