{const {from, shows} = document.currentScript.dataset
const changes = new EventSource(from)
changes.onmessage = () => location.reload()
changes.onopen = () => fetch(location.href).then(answer => answer.text()).then(now => now.includes(shows) || location.reload(), () => {})}
