package org.drivelens.sample.testsupport;

/** Stands for the test harness. */
public final class ForTestsOnly {}
