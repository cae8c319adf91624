/**
 * One class per thing a user does: a settings record in, a result record out, both of plain {@code data} types, so that a
 * workflow can run in another process or on another machine.
 */
package org.posteriorj.workflow;
