/** A day and time as residents read it, in China Standard Time whatever the phone says. */
export function moment(locale: string, at: string): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime())
    ? ''
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(time)
}
