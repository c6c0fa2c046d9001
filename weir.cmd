@echo off
rem weir: finds a JDK 25, builds what is out of date, and starts what it is asked to.
rem The same as the file weir beside it; the flags of each JVM are in backend\bundle\src\main\launch.
setlocal EnableExtensions DisableDelayedExpansion
set "_top=%~dp0"
if "%_top:~-1%"=="\" set "_top=%_top:~0,-1%"
set "_dist=%_top%\backend\bundle\target\dist"
set "_java="

call :try "%WEIR_JAVA_HOME%"
call :try "%JAVA_HOME%"
for /f "delims=" %%J in ('where java.exe 2^>nul') do call :try "%%~dpJ.."
for /d %%H in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\BellSoft\*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\temurin25-jdk\current") do call :try "%%~fH"
if not defined _java (
    echo weir: found no Java 25 or newer; install a JDK 25 and run this again. 1>&2
    echo   winget install EclipseAdoptium.Temurin.25.JDK 1>&2
    echo   or download it from https://adoptium.net/temurin/releases/?version=25 1>&2
    echo If you have one in an unusual place: set WEIR_JAVA_HOME=C:\path\to\jdk-25 1>&2
    exit /b 1
)

set "_command=%~1"
if "%_command%"=="test" goto test
call :build
if errorlevel 1 exit /b 1
if "%_command%"=="ctl" goto ctl
set "_flags=ctl"
for %%C in (lab serve agent console) do if "%_command%"=="%%C" set "_flags=%%C"
set "_modules="
if "%_command%"=="console" set _modules=-p "%_dist%\fx"
"%_java%\bin\java.exe" "@%_dist%\launch\%_flags%.args" "-Dweir.dist=%_dist%" %_modules% %WEIR_JAVA_OPTIONS% -cp "%_dist%\lib\*" dev.weir.bundle.Weir %*
exit /b %errorlevel%

:ctl
for /f "tokens=1,* delims= " %%A in ("%*") do set "_rest=%%B"
"%_java%\bin\java.exe" "@%_dist%\launch\ctl.args" %WEIR_JAVA_OPTIONS% -cp "%_dist%\lib\*" dev.weir.cli.WeirControl %_rest%
exit /b %errorlevel%

:test
for /f "tokens=1,* delims= " %%A in ("%*") do set "_rest=%%B"
call :maven verify %_rest%
exit /b %errorlevel%

rem Takes the Java home in the first argument unless one was found, if it says that it is new enough.
:try
if defined _java exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~f1\bin\java.exe" exit /b 0
for /f "tokens=3" %%V in ('""%~f1\bin\java.exe" -version 2^>^&1 ^| findstr /i "version""') do set "_seen=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("%_seen%") do if %%M GEQ 25 set "_java=%~f1"
exit /b 0

:build
powershell -NoProfile -Command "$s='%_dist%\stamp'; if (-not (Test-Path -LiteralPath $s)) { exit 1 }; $t=(Get-Item -LiteralPath $s).LastWriteTime; $top='%_top%'; $places=@($top+'\pom.xml',$top+'\backend\pom.xml',$top+'\backend\*\pom.xml',$top+'\backend\*\src\main',$top+'\console\pom.xml',$top+'\console\src\main',$top+'\mibs'); $newer=Get-Item $places -ErrorAction SilentlyContinue | ForEach-Object { $_; if ($_.PSIsContainer) { Get-ChildItem -LiteralPath $_.FullName -Recurse } } | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1; if ($newer) { exit 1 } else { exit 0 }"
if not errorlevel 1 exit /b 0
echo weir: building (a few minutes the first time) 1>&2
if not exist "%_dist%" mkdir "%_dist%"
type nul > "%_dist%\stamp.new"
if exist "%_dist%\lib" rmdir /s /q "%_dist%\lib"
if exist "%_dist%\fx" rmdir /s /q "%_dist%\fx"
call :maven -q -pl backend/bundle -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
if errorlevel 1 (
    echo weir: the build failed; its messages are above. 1>&2
    exit /b 1
)
move /y "%_dist%\stamp.new" "%_dist%\stamp" >nul
exit /b 0

:maven
if not exist "%_java%\bin\javac.exe" (
    echo weir: %_java% is a Java runtime without compiler; install a JDK 25, or name one in WEIR_JAVA_HOME. 1>&2
    exit /b 1
)
set "_mvn="
for /f "delims=" %%M in ('where mvn.cmd 2^>nul') do if not defined _mvn set "_mvn=%%M"
if not defined _mvn if exist "%MAVEN_HOME%\bin\mvn.cmd" set "_mvn=%MAVEN_HOME%\bin\mvn.cmd"
if not defined _mvn if exist "%M2_HOME%\bin\mvn.cmd" set "_mvn=%M2_HOME%\bin\mvn.cmd"
if not defined _mvn (
    echo weir: found no Maven, which builds Weir from its sources; install Maven 3.8 or newer. 1>&2
    echo   scoop install maven, choco install maven, or https://maven.apache.org/download.cgi 1>&2
    exit /b 1
)
set "JAVA_HOME=%_java%"
set "MAVEN_OPTS=%MAVEN_OPTS% --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
call "%_mvn%" -f "%_top%\pom.xml" %WEIR_MAVEN_OPTIONS% %*
exit /b %errorlevel%
