// Whether this machine multiplies tiles and its kernel lets us.
#pragma once

namespace terrella {

// Asks Linux for the tiles' register state, once; false where the machine, the kernel or a sandbox has none to give.
bool may_use_amx();

}  // namespace terrella
