package org.drivelens.emulator.call;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One call that arrived.
 *
 * @param ids the file or folder it is about; of files.list, the folders whose children are asked
 *     for
 * @param status what was answered, 0 as long as nothing was (or the connection was cut)
 */
public record Call(
    long number,
    Instant at,
    DriveMethod method,
    Set<String> ids,
    Map<String, String> parameters,
    int status) {

  Call answered(int answer) {
    return new Call(number, at, method, ids, parameters, answer);
  }
}
