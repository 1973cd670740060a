# Makes the Windows installer (.msi) from app\target: package.ps1 VERSION
# Written down and not run yet. Needs a full JDK 17+ in JAVA_HOME and the WiX toolset (3 up to JDK 23, 4 or 5 from 24).
param([Parameter(Mandatory)] [string] $Version)
$ErrorActionPreference = 'Stop'
$Version = $Version -replace '-SNAPSHOT$', ''
$installer = Split-Path -Parent $PSScriptRoot
$root = Split-Path -Parent $installer
$work = Join-Path $installer 'target'
$source = Join-Path $work 'input'
$image = Join-Path $work 'image'
$runtime = Join-Path $work 'runtime'
$dist = Join-Path $work 'dist'
Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $source, $image, $runtime, $dist
New-Item -ItemType Directory -Force "$source\licences", $image, $dist | Out-Null

Copy-Item "$root\app\target\oddlens-app-*.jar" "$source\oddlens-app.jar"
Copy-Item "$root\app\target\lib\*.jar" $source
Copy-Item "$root\LICENSE", "$root\NOTICE", "$root\THIRD-PARTY.md" "$source\licences"
$foreign = Get-ChildItem $source -Filter *.jar | Where-Object { $_.Name -match '-(android|ios|linux|macosx|mac)(-|\.jar)' }
if ($foreign) { throw "natives of another platform: $($foreign.Name -join ', ')" }

function Invoke-Tool([string] $tool, [string[]] $arguments) {
    & "$env:JAVA_HOME\bin\$tool.exe" @arguments
    if ($LASTEXITCODE -ne 0) { throw "$tool ended with exit code $LASTEXITCODE" }
}
$modules = 'java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.unsupported,jdk.zipfs'
Invoke-Tool jlink @('--add-modules', $modules, '--strip-java-debug-attributes', '--no-header-files', '--no-man-pages',
    '--generate-cds-archive', '--output', $runtime)
Invoke-Tool jpackage @('--type', 'app-image', '--name', 'Oddlens', '--dest', $image, '--input', $source,
    '--main-jar', 'oddlens-app.jar', '--main-class', 'org.oddlens.app.Launcher', '--runtime-image', $runtime,
    '--java-options', '-Dfile.encoding=UTF-8', '--java-options', '-Xms48m', '--java-options', '-XX:+UseSerialGC',
    '--java-options', '-XX:-ShrinkHeapInSteps', '--java-options', '-XX:MinHeapFreeRatio=10',
    '--java-options', '-XX:MaxHeapFreeRatio=20', '--app-version', $Version, '--vendor', 'The Oddlens authors')
Invoke-Tool jpackage @('--type', 'msi', '--name', 'Oddlens', '--app-image', "$image\Oddlens", '--dest', $dist,
    '--license-file', "$root\LICENSE", '--win-menu', '--win-shortcut', '--win-per-user-install', '--app-version', $Version,
    '--win-upgrade-uuid', 'a7d9a1c2-6b6e-4b57-9c55-0d3a2f4b8e11', '--vendor', 'The Oddlens authors',
    '--file-associations', "$installer\associations\mat.properties",
    '--file-associations', "$installer\associations\npz.properties")
Get-ChildItem $dist | ForEach-Object { '{0}  {1:N1} MB' -f $_.Name, ($_.Length / 1MB) }
& "$image\Oddlens\Oddlens.exe" self-test
exit $LASTEXITCODE
