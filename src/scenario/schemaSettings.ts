/** What a file says about the cluster as a whole: networks, both kinds of migration, failover. */
import * as v from 'valibot';
import { ranges } from './limits.ts';
import { choice, flag, object, orNull, real, whole } from './schemaParts.ts';

export const networkSchema = object({
  migrationMBps: v.optional(
    real(ranges.migrationMBps, 'Migration network, in MB/s (10^6 bytes).'),
    117,
  ),
  clusterMBps: v.optional(real(ranges.clusterMBps, 'Cluster network, in MB/s.'), 117),
  storageMBps: v.optional(real(ranges.storageMBps, 'Path to the storage, in MB/s.'), 268),
});

export const liveMigrationSettings = object({
  setupMs: real(ranges.setupMs, 'Connection, configuration and shell VM, in milliseconds.'),
  resumeMs: real(ranges.resumeMs, 'From the last byte until the VM runs, in milliseconds.'),
  deviceStateMB: real(ranges.deviceStateMB, 'Registers and device state, in MB.'),
  maxRounds: orNull(whole, ranges.maxRounds, 'Pre-copy rounds at most; null: no limit.'),
  stopBelowMs: real(
    ranges.stopBelowMs,
    'Pre-copy stops when what is left takes less than this on the network, in milliseconds.',
  ),
  tracking: choice(
    ['sync-per-round', 'clear-on-send', 'skip-redirtied', 'sync-when-rest-small'],
    'How the dirty bitmap is read.',
  ),
  lookEveryMs: real(
    ranges.lookEveryMs,
    'How often sync-when-rest-small looks at what is left of a round, in milliseconds of sending.',
  ),
  diskMoveMs: real(
    ranges.diskMoveMs,
    'Hand-over of a cluster disk, in milliseconds; none for a CSV.',
  ),
  pageHeaderBytes: whole(ranges.pageHeaderBytes, 'What goes with every page, in bytes.'),
});

const { entries: live } = liveMigrationSettings;

export const liveMigrationSchema = object({
  setupMs: v.optional(live.setupMs, 2000),
  resumeMs: v.optional(live.resumeMs, 100),
  deviceStateMB: v.optional(live.deviceStateMB, 2),
  maxRounds: v.optional(live.maxRounds, 10),
  stopBelowMs: v.optional(live.stopBelowMs, 300),
  tracking: v.optional(live.tracking, 'sync-per-round'),
  lookEveryMs: v.optional(live.lookEveryMs, 100),
  diskMoveMs: v.optional(live.diskMoveMs, 3000),
  pageHeaderBytes: v.optional(live.pageHeaderBytes, 8),
});

export const quickMigrationSchema = object({
  secondsPerGiB: v.optional(
    orNull(
      real,
      ranges.secondsPerGiB,
      'Save, move and restore, in seconds per GiB of memory; null: as fast as the path to the storage, and diskMoveMs on top.',
    ),
    8,
  ),
});

export const failoverSchema = object({
  heartbeatMs: v.optional(
    real(ranges.heartbeatMs, 'Time between heartbeats, in milliseconds.'),
    1000,
  ),
  missedHeartbeats: v.optional(
    whole(ranges.missedHeartbeats, 'Heartbeats missed until a node counts as down.'),
    5,
  ),
  regroupMs: v.optional(real(ranges.regroupMs, 'The others agree, in milliseconds.'), 2000),
  diskTakeoverMs: v.optional(
    real(ranges.diskTakeoverMs, 'A disk changes owner, in milliseconds.'),
    3000,
  ),
  bootMs: v.optional(real(ranges.bootMs, 'Start of a VM from its disk, in milliseconds.'), 60_000),
  quorum: v.optional(
    choice(
      ['automatic', 'node-majority', 'node-and-disk-majority'],
      'Who votes: the nodes, or the nodes and a disk witness; automatic: the witness votes with an even number of nodes.',
    ),
    'automatic',
  ),
  failback: v.optional(flag('Whether VMs go back to their first node when it is up again.'), false),
});
