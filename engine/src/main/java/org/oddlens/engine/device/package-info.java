/** Which graphics card is here, whether it can train, and the optional pack of libraries that training on it needs. */
package org.oddlens.engine.device;
