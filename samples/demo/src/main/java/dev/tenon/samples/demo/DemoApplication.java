package dev.tenon.samples.demo;

import dev.tenon.app.TenonApplication;

/** Starts the platform with the sample products, two customers and their data. */
public final class DemoApplication {

    private DemoApplication() {}

    public static void main(String[] args) {
        TenonApplication.runOrExit(args, DemoConfiguration.class);
    }
}
