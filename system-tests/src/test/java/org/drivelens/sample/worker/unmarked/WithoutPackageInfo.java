package org.drivelens.sample.worker.unmarked;

/** Lies in a package without a package-info. */
public final class WithoutPackageInfo {}
