/** Building blocks of networks on SameDiff: dense stacks, addressable memory, losses, and the finished network. */
package org.oddlens.engine.graph;
