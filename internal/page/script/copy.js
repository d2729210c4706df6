if (navigator.clipboard) for (const button of document.querySelectorAll("button[data-copy]")) {
  const said = button.textContent
  button.hidden = false
  button.onclick = async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = document.getElementById("_said").textContent = button.dataset.copied
    setTimeout(() => { button.textContent = said }, 2000)
  }
}
