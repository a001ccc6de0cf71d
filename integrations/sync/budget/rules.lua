-- The rules of the limit, for all processes: the same as in window.py, by the clock of Redis. Change both.
-- Whoever sends it puts a line before it that sets `now`. KEYS: the bucket. ARGV: turns wanted, share, paced (1 or 0),
-- a random number 0 … 1, then eight for each turn that is over: window, limit, remaining, reset, ends in, refused,
-- retry in, unused; "" for what was not told.
-- Answer: turns given, their window, microseconds until the next, 1 when that is because of a 429.
local WINDOW, DEFAULT_LIMIT, SMALLEST, LARGEST = 10, 1667, 10, 5000
local UNKNOWN_AT_ONCE, UNKNOWN_SHARE, FLOOR, FLOOR_LEFT, BURST = 10, 0.1, 0.05, 0.1, 0.25
local STRANGERS, STRANGERS_MOST = 48, 0.5
local POLL, MARGIN, HERD, FARTHEST, SAME = 0.05, 0.1, 0.5, 60, 9
local REFUSED_FIRST, REFUSED_LAST, REFUSED_SPREAD = 10, 120, 2
local KEPT = 600 -- seconds

local min, max, floor = math.min, math.max, math.floor
local FIELDS = {
  'number', 'ends', 'reset', 'limit', 'left', 'used', 'out', 'carried', 'tat', 'blocked', 'refusals', 'fresh'
}
local held = redis.call('HMGET', KEYS[1], unpack(FIELDS))
local number, ends, reset = tonumber(held[1] or floor(now)), tonumber(held[2] or now + WINDOW), tonumber(held[3] or 0)
local limit, left = tonumber(held[4] or 0), tonumber(held[5] or -1)
local used, out, carried = tonumber(held[6] or 0), tonumber(held[7] or 0), tonumber(held[8] or 0)
local tat, blocked, refusals = tonumber(held[9] or 0), tonumber(held[10] or 0), tonumber(held[11] or 0)
local fresh = (held[12] or '1') == '1'
local want, share, paced, luck = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1', tonumber(ARGV[4])

local function begin(still_out)
  number, fresh, carried, used, out, left = number + 1, false, still_out, 0, 0, -1
end

-- A clock that was set back must not stop everything until it is where it was.
if ends > now + 2 * WINDOW then ends, reset = now, 0 end
if blocked > now + REFUSED_LAST + REFUSED_SPREAD then blocked = now end
tat = min(tat, now + WINDOW)

if now >= ends then
  local over = now - ends
  local turns = 1 + floor(over / WINDOW)
  begin(over < WINDOW and out or 0)
  if reset > 0 then
    ends, reset = ends + turns * WINDOW, reset + turns * WINDOW
  else
    ends = now + WINDOW
  end
end

local function is_believed(told)
  return told.reset ~= nil and told.ends_in ~= nil and told.ends_in >= 0 and told.ends_in <= WINDOW + 1
end

local function place(told)
  if not is_believed(told) then return told.window ~= number end
  local later = reset > 0 and told.reset - reset or 0
  if later <= -SAME and told.window ~= number then return true end
  if later >= SAME then begin(out) end
  local told_end = now + told.ends_in + MARGIN
  ends = told.reset == reset and min(ends, told_end) or told_end
  reset = told.reset
  return false
end

local function refuse(told)
  local named = told.retry_in
  if named ~= nil and named < 0 then named = nil end
  if now < blocked then
    blocked = max(blocked, now + min(named or 0, FARTHEST))
    return
  end
  refusals = refusals + 1
  local guess = min(REFUSED_LAST, REFUSED_FIRST * 2 ^ (refusals - 1))
  blocked = now + (named == nil and guess or min(named, FARTHEST)) + luck * REFUSED_SPREAD
end

local function learn(told)
  local overtaken = place(told)
  if told.window == number then
    out = max(0, out - 1)
  elseif told.window == number - 1 and carried > 0 then
    carried = carried - 1
    if not (overtaken and is_believed(told)) then used = used + 1 end
  end
  if told.limit ~= nil then limit = min(max(told.limit, SMALLEST), LARGEST) end
  if told.remaining ~= nil and not overtaken then
    left = left < 0 and told.remaining or min(left, told.remaining)
    if told.remaining == 0 and told.ends_in ~= nil and told.ends_in > WINDOW + 1 then
      blocked = max(blocked, now + min(told.ends_in, FARTHEST))
    end
  end
  if told.refused then
    refuse(told)
  elseif now >= blocked then
    refusals = 0
  end
end

local function hand_back(window)
  if window == number then
    used, out = max(0, used - 1), max(0, out - 1)
  elseif window == number - 1 then
    carried = max(0, carried - 1)
  end
end

for at = 5, #ARGV, 8 do
  if ARGV[at + 7] == '1' then
    hand_back(tonumber(ARGV[at]))
  else
    learn({
      window = tonumber(ARGV[at]), limit = tonumber(ARGV[at + 1]), remaining = tonumber(ARGV[at + 2]),
      reset = tonumber(ARGV[at + 3]), ends_in = tonumber(ARGV[at + 4]),
      refused = ARGV[at + 5] == '1', retry_in = tonumber(ARGV[at + 6])
    })
  end
end

local function wait_for()
  if now < blocked then return blocked - now end
  local under_way = out + carried
  if left < 0 and under_way >= max(UNKNOWN_AT_ONCE, UNKNOWN_SHARE * limit) then return POLL end
  local all = limit > 0 and limit or DEFAULT_LIMIT
  local ours = max(1, floor(all * share))
  local ahead = max(tat, now) - now - WINDOW * BURST
  if paced and ahead > 0 then return ahead end
  local remaining = left >= 0 and left or all
  if used < min(FLOOR, share) * all and remaining - under_way > FLOOR_LEFT * all then return 0 end
  local strangers = fresh and min(max(STRANGERS, UNKNOWN_SHARE * all), STRANGERS_MOST * all) or 0
  local reserve = all - ours + strangers
  local free = min(ours - used, remaining - reserve)
  if free <= 0 then return ends - now + luck * HERD end
  local sure = min(ours - used - carried, left >= 0 and remaining - reserve - under_way or free)
  return sure > 0 and 0 or POLL
end

local given, wait = 0, 0
local interval = WINDOW / max(1, floor((limit > 0 and limit or DEFAULT_LIMIT) * share))
while given < want do
  wait = wait_for()
  if wait > 0 then break end
  given, used, out, tat = given + 1, used + 1, out + 1, max(tat, now) + interval
end

local function exact(value) return string.format('%.17g', value) end
redis.call('HSET', KEYS[1], 'number', number, 'ends', exact(ends), 'reset', exact(reset), 'limit', limit, 'left', left,
  'used', used, 'out', out, 'carried', carried, 'tat', exact(tat), 'blocked', exact(blocked), 'refusals', refusals,
  'fresh', fresh and 1 or 0)
redis.call('EXPIRE', KEYS[1], KEPT)
return {given, number, math.ceil(wait * 1e6), (wait > 0 and now < blocked) and 1 or 0}
