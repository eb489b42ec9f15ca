package org.drivelens.api.folders;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a link of Google Drive leads to. The link is only read, never fetched, so nobody
 * can make us call an address of their choice.
 *
 * @param folderId the Drive id of the folder, as opaque as Google's ids are
 * @param resourceKey the key that some older folders shared by link need besides (drive-api 3)
 */
public record FolderUrl(String folderId, @Nullable String resourceKey) {

  /** What a good link looks like. */
  public static final String EXAMPLE =
      "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345";

  /** Characters that a link may have. */
  public static final int LONGEST = 2000;

  private static final Set<String> SCHEMES = Set.of("https", "http");
  private static final String DRIVE = "drive.google.com";

  /** Where old "open" links of Docs still point. */
  private static final String DOCS = "docs.google.com";

  private static final String ID = "[A-Za-z0-9_-]{10,100}";
  private static final Pattern RESOURCE_KEY = Pattern.compile("[A-Za-z0-9_-]{3,100}");

  /**
   * {@code /a/DOMAIN} is where companies' links begin, {@code /u/1} names the signed-in account.
   */
  private static final String PREFIX = "(?:/a/[A-Za-z0-9.-]{1,253})?";

  private static final Pattern ID_IN_PATH =
      Pattern.compile(
          PREFIX
              + "/drive(?:/a/[A-Za-z0-9.-]{1,253})?(?:/u/\\d{1,3}|/mobile){0,2}/(?:folders|shared-drives)/("
              + ID
              + ")/?");

  private static final Pattern ID_IN_QUERY =
      Pattern.compile(
          PREFIX + "(?:/drive)?(?:/u/\\d{1,3})?/(open|folderview|embeddedfolderview)/?");

  private static final Pattern OF_A_FILE =
      Pattern.compile(
          PREFIX + "/(?:file/.*|uc|thumbnail|(?:document|spreadsheets|presentation)/.*)");

  /**
   * @throws ApiProblem which shows a good link, if this is none
   */
  public static FolderUrl parse(String url) {
    var uri = uri(url.strip());
    var scheme = uri.getScheme();
    var host = uri.getHost();
    if (scheme == null || host == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw refused("must be a link like");
    }
    var path = uri.getRawPath() == null ? "" : uri.getRawPath();
    var drive = host.equalsIgnoreCase(DRIVE);
    var docs = host.equalsIgnoreCase(DOCS) && ID_IN_QUERY.matcher(path).matches();
    if ((!drive && !docs) || uri.getRawUserInfo() != null || uri.getPort() != -1) {
      throw refused("must be a folder link of drive.google.com, like");
    }
    return new FolderUrl(folderId(path, uri.getRawQuery()), resourceKey(uri.getRawQuery()));
  }

  private static URI uri(String url) {
    try {
      if (url.length() <= LONGEST) {
        return new URI(url);
      }
    } catch (URISyntaxException _) {
      // Refused below.
    }
    throw refused("must be a link of at most " + LONGEST + " characters like");
  }

  private static String folderId(String path, @Nullable String query) {
    var inPath = ID_IN_PATH.matcher(path);
    if (inPath.matches()) {
      return inPath.group(1);
    }
    if (ID_IN_QUERY.matcher(path).matches()) {
      var ids = values(query, "id");
      if (ids.size() == 1 && ids.getFirst().matches(ID)) {
        return ids.getFirst();
      }
    }
    throw refused(
        OF_A_FILE.matcher(path).matches()
            ? "leads to a file; give the link of the folder, like"
            : "does not name a folder; a good link is");
  }

  private static @Nullable String resourceKey(@Nullable String query) {
    var keys = new ArrayList<>(values(query, "resourcekey"));
    keys.addAll(values(query, "resourceKey"));
    if (keys.isEmpty()) {
      return null;
    }
    if (keys.size() > 1 || !RESOURCE_KEY.matcher(keys.getFirst()).matches()) {
      throw refused("has an unreadable resourcekey; a good link is");
    }
    return keys.getFirst();
  }

  private static List<String> values(@Nullable String query, String name) {
    if (query == null) {
      return List.of();
    }
    var start = name + "=";
    return java.util.Arrays.stream(query.split("&"))
        .filter(p -> p.startsWith(start))
        .map(p -> p.substring(start.length()))
        .toList();
  }

  private static ApiProblem refused(String why) {
    return ApiProblem.of(ProblemType.INVALID_FOLDER_URL, "googleDriveUrl", why + " " + EXAMPLE);
  }
}
