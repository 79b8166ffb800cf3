# Builds the browser viewer with npm and installs it to terrella/viewer.

set(viewer "${CMAKE_SOURCE_DIR}/viewer")
find_program(TERRELLA_NPM NAMES npm npm.cmd)
if(NOT TERRELLA_NPM)
  message(FATAL_ERROR "npm is not installed; the viewer needs Node 20 or newer. "
                      "Install it, or build without the viewer: -DTERRELLA_VIEWER=OFF")
endif()
if(NOT EXISTS "${viewer}/package.json")
  message(FATAL_ERROR "${viewer}/package.json is missing; build without the viewer: -DTERRELLA_VIEWER=OFF")
endif()

# npm keeps its own copy of the lock in node_modules; as long as it is newer, the packages are the locked ones.
add_custom_command(
  OUTPUT "${viewer}/node_modules/.package-lock.json"
  COMMAND "${TERRELLA_NPM}" ci --no-audit --no-fund
  DEPENDS "${viewer}/package-lock.json"
  WORKING_DIRECTORY "${viewer}"
  COMMENT "Installing the viewer's packages"
  VERBATIM)

file(GLOB_RECURSE viewer_sources CONFIGURE_DEPENDS
     "${viewer}/src/*" "${viewer}/public/*" "${viewer}/index.html" "${viewer}/*.json" "${viewer}/*.ts")
list(FILTER viewer_sources EXCLUDE REGEX "/node_modules/|/dist/|/tests/")
add_custom_command(
  OUTPUT "${viewer}/dist/index.html"
  COMMAND "${TERRELLA_NPM}" run build
  DEPENDS ${viewer_sources} "${viewer}/node_modules/.package-lock.json"
  WORKING_DIRECTORY "${viewer}"
  COMMENT "Building the viewer"
  VERBATIM)
add_custom_target(viewer ALL DEPENDS "${viewer}/dist/index.html")

install(DIRECTORY "${viewer}/dist/" DESTINATION terrella/viewer COMPONENT viewer)
