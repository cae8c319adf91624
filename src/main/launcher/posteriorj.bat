@echo off
rem Starts PosteriorJ: without arguments ImageJ's window, with arguments a command ("posteriorj help").
rem JAVA_HOME picks the Java, POSTERIORJ_JAVA_OPTS adds options such as -Xmx16g.
setlocal
set "home=%~dp0"
if "%home:~-1%"=="\" set "home=%home:~0,-1%"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined OPENBLAS_NUM_THREADS set OPENBLAS_NUM_THREADS=1
set "main=org.posteriorj.host.CommandLine"
set "headless=true"
if "%~1"=="" (
	set "main=ij.ImageJ"
	set "headless=false"
)
"%java%" -Djava.awt.headless=%headless% "-Dplugins.dir=%home%" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -XX:MaxRAMPercentage=50 -XX:-UsePerfData -Xshare:auto --add-opens=java.base/java.lang=ALL-UNNAMED %POSTERIORJ_JAVA_OPTS% -cp "%home%\plugins\*;%home%\jars\*" %main% %*
exit /b %ERRORLEVEL%
