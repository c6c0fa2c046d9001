@echo off
rem weirctl: what the console can do, in a terminal. The launcher beside it finds Java and builds.
call "%~dp0weir.cmd" ctl %*
exit /b %errorlevel%
