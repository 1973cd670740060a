@echo off
rem Starts Oddlens from a checkout: builds it on first use, then runs it without Maven.
setlocal EnableDelayedExpansion
set "ROOT=%~dp0"
set "STAMP=%ROOT%target\oddlens.stamp"
set "LOG=%ROOT%target\oddlens-build.log"
set "LIB=%ROOT%app\target\lib"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION="
for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1 ^| findstr /c:" version ""') do if not defined VERSION set "VERSION=%%~v"
for /f "delims=.-+ " %%v in ("%VERSION%") do set "MAJOR=%%v"
if not defined MAJOR set "MAJOR=0"
if %MAJOR% LSS 17 (
  echo Oddlens needs a Java Development Kit ^(JDK^), version 17 or newer, and found "%VERSION%". 1>&2
  echo How to install it: winget install EclipseAdoptium.Temurin.17.JDK 1>&2
  echo An installed one that is not found: set JAVA_HOME to its folder. 1>&2
  exit /b 1
)

set "STALE=1"
if exist "%STAMP%" if exist "%LIB%" (
  set "STALE="
  powershell -NoProfile -Command "$s=(Get-Item '%STAMP%').LastWriteTime; $f=@(Get-ChildItem '%ROOT%pom.xml','%ROOT%*\pom.xml') + @('sample-data','engine','ui-resources','app' | ForEach-Object { Get-ChildItem -Recurse -File ('%ROOT%'+$_+'\src\main') -ErrorAction SilentlyContinue }); if ($f | Where-Object { $_.LastWriteTime -gt $s }) { exit 1 }"
  if errorlevel 1 set "STALE=1"
)
if defined STALE (
  where mvn >nul 2>nul
  if errorlevel 1 (
    echo Oddlens is built on first use, and for that needs Maven 3.8 or newer, which is not on the PATH. 1>&2
    echo How to install it: see https://maven.apache.org/install.html, or "scoop install maven". 1>&2
    exit /b 1
  )
  if not exist "%ROOT%target" mkdir "%ROOT%target"
  echo Building Oddlens; the first time takes some minutes ... 1>&2
  pushd "%ROOT%"
  call mvn -B -ntp -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Dlicense.skip=true package >"%LOG%" 2>&1
  if errorlevel 1 (
    popd
    echo The build failed; the end of its log: 1>&2
    powershell -NoProfile -Command "Get-Content -Tail 25 '%LOG%'" 1>&2
    echo The whole log: %LOG% 1>&2
    exit /b 1
  )
  popd
  echo built >"%STAMP%"
)

set "FLAGS=-Dfile.encoding=UTF-8 -Xms48m -XX:+UseSerialGC -XX:-ShrinkHeapInSteps -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"
if %MAJOR% GEQ 24 set "FLAGS=%FLAGS% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
if not defined ODDLENS_CUDA_PACK if exist "%ROOT%engine\target\cuda" set "ODDLENS_CUDA_PACK=%ROOT%engine\target\cuda"
for %%j in ("%ROOT%app\target\oddlens-app-*.jar") do set "JAR=%%j"
"%JAVA%" %FLAGS% -cp "%JAR%;%LIB%\*" org.oddlens.app.Launcher %*
exit /b %ERRORLEVEL%
