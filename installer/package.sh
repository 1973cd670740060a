#!/usr/bin/env bash
# Makes the installable program from app/target: package.sh linux|macos VERSION
# Own Java runtime by jlink, app image and installer by jpackage, natives of this platform only, then the packaged
# program's self-test. Called by the profiles of installer/pom.xml. The macos branch is written down and not run yet.
set -euo pipefail

system=$1
version=${2%-SNAPSHOT}
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=$here/target
input=$work/input
image=$work/image
runtime=$work/runtime
icon=$root/ui-resources/src/main/resources/org/oddlens/ui/icons/oddlens-512.png

say() { printf 'installer: %s\n' "$*"; }
fail() {
  say "$*" >&2
  exit 1
}

jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
for tool in jdeps jlink jpackage jar; do
  [ -x "$jdk/bin/$tool" ] || fail "the JDK at $jdk has no $tool; a full JDK 17 or newer is needed (set JAVA_HOME)"
done
feature=$("$jdk/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[ -f "$icon" ] || fail "the icon $icon is missing"
[ -d "$root/app/target/lib" ] || fail "app/target/lib is missing: run \"mvn -Pinstaller verify\" from the root"

case "$system-$(uname -m)" in
  linux-x86_64) javacpp=linux-x86_64 javafx=linux inside='linux/(amd64|x86_64|x86-64)|linux-x86[_-]64|linux64' ;;
  linux-aarch64) javacpp=linux-arm64 javafx=linux-aarch64 inside='linux/(aarch64|arm64)|linux-(aarch64|arm64)' ;;
  macos-x86_64) javacpp=macosx-x86_64 javafx=mac inside='(darwin|macosx|osx)[/-](x86[_-]64|amd64)' ;;
  macos-arm64) javacpp=macosx-arm64 javafx=mac-aarch64 inside='(darwin|macosx|osx)[/-](aarch64|arm64)' ;;
  *) fail "no packaging for $system on $(uname -m)" ;;
esac

rm -rf "$input" "$image" "$runtime" "$work/dist" "$work/strip" "$work/classes"
mkdir -p "$input/licences" "$image" "$work/dist"

# 1. What goes in.
cp "$root"/app/target/oddlens-app-*.jar "$input/oddlens-app.jar"
cp "$root"/app/target/lib/*.jar "$input/"
cp "$root/LICENSE" "$root/NOTICE" "$root/THIRD-PARTY.md" "$input/licences/"

# 2. Natives of this platform only: foreign jars fail the build, foreign libraries inside a jar are taken out.
for jar in "$input"/*.jar; do
  name=$(basename "$jar" .jar)
  case $name in
    *-android-* | *-ios-* | *-linux-* | *-macosx-* | *-windows-*)
      case $name in *-"$javacpp" | *-"$javafx") ;; *) fail "natives of another platform: $name.jar" ;; esac ;;
    javafx-*-win | javafx-*-mac | javafx-*-linux)
      case $name in *-"$javafx") ;; *) fail "natives of another platform: $name.jar" ;; esac ;;
  esac
  foreign=$("$jdk/bin/jar" tf "$jar" | grep -E '\.(so|dll|dylib|jnilib)(\.[0-9]+)*$' | grep '/' |
    grep -E '(win|linux|darwin|macosx|osx|android|freebsd|aix|sunos|solaris)' | grep -vE "$inside|$javacpp" || true)
  if [ -n "$foreign" ]; then
    mkdir -p "$work/strip"
    (cd "$work/strip" && "$jdk/bin/jar" xf "$jar" && printf '%s\n' "$foreign" | while read -r entry; do rm -f "$entry"; done &&
      if [ -f META-INF/MANIFEST.MF ]; then
        "$jdk/bin/jar" cfm "$jar" META-INF/MANIFEST.MF .
      else
        "$jdk/bin/jar" cfM "$jar" .
      fi)
    rm -rf "$work/strip"
    say "took $(printf '%s\n' "$foreign" | wc -l | tr -d ' ') libraries of other platforms out of $name.jar"
  fi
done

# 3. The runtime: modules found by jdeps, and those that are reached by name only.
# All classes in one folder without module descriptors: one look instead of one for each jar, and none refused.
mkdir -p "$work/classes"
for jar in "$input"/*.jar; do
  case $(basename "$jar") in
    nd4j-native-*"$javacpp".jar | openblas-*"$javacpp".jar | javacpp-*"$javacpp".jar) ;;
    *) (cd "$work/classes" && "$jdk/bin/jar" xf "$jar") ;;
  esac
done
rm -rf "$work/classes/META-INF" "$work/classes/module-info.class"
found=$("$jdk/bin/jdeps" --ignore-missing-deps --print-module-deps "$work/classes") || fail "jdeps failed: $found"
rm -rf "$work/classes"
always="java.desktop java.logging java.management java.naming java.xml jdk.crypto.ec jdk.unsupported jdk.zipfs"
modules=$({ printf '%s\n' "$found" | tr ',' '\n'; printf '%s\n' $always; } | grep -E '^(java|jdk)\.' | sort -u | paste -sd, -)
say "modules: $modules"
compress=2
[ "$feature" -ge 21 ] && compress=zip-6
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress="$compress" --generate-cds-archive --output "$runtime"
if [ "$system" = linux ] && command -v strip >/dev/null; then
  # Debug symbols of a distribution's JDK may weigh more than the rest.
  find "$runtime/lib" -name '*.so' -exec strip --strip-unneeded {} + 2>/dev/null || true
fi

if [ "$system" = linux ] && ldd "$runtime/lib/libjavajpeg.so" 2>/dev/null | grep -q libjpeg; then
  say "note: the JDK at $jdk uses libraries of this system, so the .deb fits this release of it only;"
  say "note: a JDK that brings its own, such as Temurin, makes one for all (set JAVA_HOME)"
fi

# 4. Image and installer.
options=(--java-options -Dfile.encoding=UTF-8 --java-options -Xms48m --java-options -XX:+UseSerialGC
  --java-options -XX:-ShrinkHeapInSteps --java-options -XX:MinHeapFreeRatio=10 --java-options -XX:MaxHeapFreeRatio=20)
if [ "$feature" -ge 24 ]; then
  options+=(--java-options --enable-native-access=ALL-UNNAMED)
  options+=(--java-options --sun-misc-unsafe-memory-access=allow)
fi
about=(--app-version "$version" --vendor "The Oddlens authors" --copyright "Copyright 2026 The Oddlens authors"
  --description "Workbench for deep unsupervised anomaly detection")
associations=(--file-associations "$here/associations/mat.properties" --file-associations "$here/associations/npz.properties")

if [ "$system" = linux ]; then
  "$jdk/bin/jpackage" --type app-image --name oddlens --dest "$image" --input "$input" --main-jar oddlens-app.jar \
    --main-class org.oddlens.app.Launcher --runtime-image "$runtime" --icon "$icon" "${options[@]}" "${about[@]}"
  program=$image/oddlens/bin/oddlens
  "$jdk/bin/jpackage" --type deb --name oddlens --app-image "$image/oddlens" --dest "$work/dist" \
    --resource-dir "$here/linux" --license-file "$root/LICENSE" --linux-package-name oddlens --linux-shortcut \
    --linux-app-category science --linux-menu-group "Science;ArtificialIntelligence;DataVisualization" --linux-deb-maintainer "developers@oddlens.org" \
    --linux-package-deps "libgtk-3-0 | libgtk-3-0t64, libxxf86vm1, libgl1" \
    "${associations[@]}" "${about[@]}"
else
  # macOS refuses a version that begins with 0.
  case $version in 0.*) version=1${version#0} ;; esac
  mkdir -p "$work/icon.iconset"
  for size in 128 256 512; do
    sips -z "$size" "$size" "$icon" --out "$work/icon.iconset/icon_${size}x${size}.png" >/dev/null
  done
  iconutil -c icns -o "$work/oddlens.icns" "$work/icon.iconset"
  about[1]=$version
  "$jdk/bin/jpackage" --type app-image --name Oddlens --dest "$image" --input "$input" --main-jar oddlens-app.jar \
    --main-class org.oddlens.app.Launcher --runtime-image "$runtime" --icon "$work/oddlens.icns" \
    --mac-package-identifier org.oddlens "${associations[@]}" "${options[@]}" "${about[@]}"
  program=$image/Oddlens.app/Contents/MacOS/Oddlens
  "$jdk/bin/jpackage" --type dmg --name Oddlens --app-image "$image/Oddlens.app" --dest "$work/dist" \
    --license-file "$root/LICENSE" "${about[@]}"
fi

# 5. Sizes, and does it run? ODDLENS_SELF_TEST=skip leaves the start out.
say "sizes:"
du -sh "$runtime" "$input" "$image"/* "$work"/dist/* | sed "s#$work/#  #"
if [ "${ODDLENS_SELF_TEST:-run}" = skip ]; then
  say "self-test skipped on request"
elif [ "$system" = linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then
  say "self-test of the packaged program under Xvfb:"
  xvfb-run -a -s "-screen 0 1600x1200x24" "$program" self-test </dev/null
else
  say "self-test of the packaged program:"
  "$program" self-test </dev/null
fi
